using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConnectFour.Web.Tests;

/// <summary>
/// Every conversation of docs/protocol.md, word for word, with the real server, and everything said in it held against the schema. A connection has to hear exactly what stands
/// there, in that order. Only the user list and its changes may come unmentioned: they go by the clock. A string <c>"$name"</c> is any value, and the same wherever it stands again.
/// </summary>
public sealed class ConversationTests
{
    public static TheoryData<int> Conversations => [.. Enumerable.Range(0, Blocks().Length)];

    [Theory, MemberData(nameof(Conversations))]
    public async Task A_conversation_on_the_protocol_page_is_had_word_for_word(int number)
    {
        await using var server = await RunningServer.Start();
        server.TimeFlows = false;
        var (lines, values) = (new Dictionary<string, Line>(), new Dictionary<string, JsonNode?>());

        try
        {
            foreach (var (who, isSent, text) in Blocks()[number])
            {
                if (!lines.TryGetValue(who, out var line)) lines[who] = line = await Line.Open(server.Address);
                var message = JsonNode.Parse(text)!.AsObject();
                if (isSent) await line.Send(Filled(message, values));
                else await Hear(server, line, message, values);
            }
            foreach (var line in lines.Values) await HearNothingMore(line);

            Assert.All(lines.Values, AreAsTheSchemaSays);
        }
        finally
        {
            foreach (var line in lines.Values) line.Dispose();
        }
    }

    [Fact]
    public void The_page_has_conversations()
    {
        Assert.True(Blocks().Length >= 4);
    }

    private static async Task Hear(RunningServer server, Line line, JsonObject expected, Dictionary<string, JsonNode?> values)
    {
        // The lobby's changes go out by the tick, so for them time has to pass; for everything else it stands still.
        server.TimeFlows = Line.Type(expected) == "user_changes";
        var heard = await line.Next();
        while (Line.Type(heard) is "user_list" or "user_changes" && Line.Type(heard) != Line.Type(expected)) heard = await line.Next();
        server.TimeFlows = false;

        Assert.True(IsSame(expected, heard, values), $"Expected {expected.ToJsonString()}\nbut heard {heard.ToJsonString()}");
    }

    /// <summary>What was on its way before the answer to a last question would be heard before it.</summary>
    private static async Task HearNothingMore(Line line)
    {
        await line.Send(new() { ["type"] = "ping", ["id"] = "nothing more" });
        var heard = await line.Next();
        while (Line.Type(heard) is "user_list" or "user_changes") heard = await line.Next();

        Assert.Equal("""{"type":"pong","re":"nothing more","games":[],"unknown":[]}""", heard.ToJsonString());
    }

    /// <summary>Each question has one answer, and the answers come in order: so a question is malformed for the schema exactly if its answer says so.</summary>
    private static void AreAsTheSchemaSays(Line line)
    {
        var answers = line.Received.Where(Line.IsAnswer).ToArray();

        Assert.Equal(line.Sent.Count, answers.Length);
        Assert.All(line.Sent.Zip(answers), pair => Assert.True(ProtocolSchema.IsFromClient(pair.First) != IsMalformed(pair.Second), pair.First.ToJsonString()));
        Assert.All(line.Received, message => Assert.True(ProtocolSchema.IsFromServer(message), message.ToJsonString()));
    }

    private static bool IsMalformed(JsonObject answer) => (string?)answer["code"] is ['b', 'a', 'd', '_', ..];

    private static JsonObject Filled(JsonObject message, Dictionary<string, JsonNode?> values) =>
        JsonNode.Parse(Regex.Replace(message.ToJsonString(), @"""(\$\w+)""", match => values[match.Groups[1].Value]!.ToJsonString()))!.AsObject();

    private static bool IsSame(JsonNode? expected, JsonNode? heard, Dictionary<string, JsonNode?> values)
    {
        if (expected is JsonValue value && value.TryGetValue(out string? text) && text is ['$', ..])
            return values.TryAdd(text, heard) || JsonNode.DeepEquals(values[text], heard);
        return (expected, heard) switch
        {
            (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(field => b.ContainsKey(field.Key) && IsSame(field.Value, b[field.Key], values)),
            (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => IsSame(pair.First, pair.Second, values)),
            _ => JsonNode.DeepEquals(expected, heard),
        };
    }

    private static (string Who, bool IsSent, string Text)[][] Blocks()
    {
        var page = Repository.Read("docs", "protocol.md");
        var blocks = Regex.Matches(page, "```conversation\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value);
        return [.. blocks.Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parsed).ToArray())];
    }

    private static (string Who, bool IsSent, string Text) Parsed(string line) =>
        Regex.Match(line, @"^(\w+) ([<>]) (\{.*\})$") is { Success: true, Groups: var parts }
            ? (parts[1].Value, parts[2].Value == ">", parts[3].Value)
            : throw new FormatException($"Not a line of a conversation: {line}");
}
