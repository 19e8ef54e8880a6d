using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>
/// Replays every conversation of docs/protocol.md over real sockets. What a line expects must come, in order for each client; a string <c>"$name"</c> in it stands for
/// any value, the same wherever it stands again. In between may come messages that the conversation does not mention.
/// </summary>
public sealed class ProtocolPageTests
{
    public static TheoryData<int> Conversations => [.. Enumerable.Range(0, Blocks().Length)];

    [Theory, MemberData(nameof(Conversations))]
    public async Task A_conversation_on_the_protocol_page_happens_as_written(int number)
    {
        await using var server = await SocketServer.Start();
        var (clients, values) = (new Dictionary<string, SocketClient>(), new Dictionary<string, string>());

        foreach (var line in Blocks()[number].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (who, isSent, text) = (line.Split(' ')[0], line.Split(' ')[1] == ">", line.Split(' ', 3)[2]);
            if (!clients.TryGetValue(who, out var client)) clients[who] = client = await server.Connect();

            if (isSent)
            {
                await client.Send(Regex.Replace(text, @"""(\$\w+)""", match => values[match.Groups[1].Value]));
                continue;
            }

            // The lobby's changes go out by the tick, and the clock only moves when it is pushed.
            if (text.Contains("user_changes", StringComparison.Ordinal)) server.Time.Advance(new WebSocketLimits().LobbyTick);
            var expected = JsonDocument.Parse(text).RootElement;
            JsonElement actual;
            do actual = await client.Next();
            while (!Matches(expected, actual, values));
        }

        foreach (var client in clients.Values) client.Dispose();
    }

    [Fact]
    public void There_are_conversations_to_replay()
    {
        Assert.True(Blocks().Length >= 4);
    }

    private static bool Matches(JsonElement expected, JsonElement actual, Dictionary<string, string> values)
    {
        if (expected.ValueKind == JsonValueKind.String && expected.GetString() is ['$', ..] name)
        {
            if (!values.TryGetValue(name, out var known)) values[name] = known = actual.GetRawText();
            return known == actual.GetRawText();
        }
        if (expected.ValueKind != actual.ValueKind) return false;
        return expected.ValueKind switch
        {
            JsonValueKind.Object => expected.EnumerateObject().Select(field => field.Name).SequenceEqual(actual.EnumerateObject().Select(field => field.Name))
                && expected.EnumerateObject().All(field => Matches(field.Value, actual.GetProperty(field.Name), values)),
            JsonValueKind.Array => expected.GetArrayLength() == actual.GetArrayLength()
                && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => Matches(pair.First, pair.Second, values)),
            _ => expected.GetRawText() == actual.GetRawText(),
        };
    }

    private static string[] Blocks()
    {
        var page = Repository.Read("docs", "protocol.md");
        return [.. Regex.Matches(page, "```conversation\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
    }
}
