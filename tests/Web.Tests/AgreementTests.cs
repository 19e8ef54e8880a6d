using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>The schema and the server say the same about what is a message. Messages are varied field by field, so nobody had to think of the wrong ones.</summary>
public sealed class AgreementTests
{
    /// <summary>What a field is replaced by; null stands for leaving it out.</summary>
    private static readonly string?[] Replacements =
    [
        null, "null", "true", "-1", "0", "1", "7", "8", "41", "42", "1.5", "10800", "10801", "2147483647", "9007199254740991", "9007199254740992",
        "\"\"", "\"x\"", "\"Bob\"", "\"Bob-\"", "\"0123456789abcdef0123456789abcdef\"", "\"0123456789abcdef0123456789abcdef0\"", "\"Bob.0123456789abcdef012345\"", "[]", "[1]", "{}",
    ];

    private static readonly string[] Examples =
    [
        """{"type":"challenge","id":1,"opponent":"Bob","clock":{"initial":60,"increment":1}}""",
        """{"type":"cancel","id":"a","opponent":"Bob"}""",
        """{"type":"accept","opponent":"Bob"}""",
        """{"type":"decline","opponent":"Bob"}""",
        """{"type":"move","game":"g","ply":0,"column":4}""",
        """{"type":"seek","clocks":[{"initial":60,"increment":1},null],"swap":true}""",
        """{"type":"unseek"}""",
        """{"type":"link","clock":{"initial":60,"increment":1},"swap":true}""",
        """{"type":"unlink"}""",
        """{"type":"join","opponent":"Bob","key":"k"}""",
        """{"type":"swap","game":"g"}""",
        """{"type":"react","game":"g","reaction":"nice"}""",
        """{"type":"claim","game":"g"}""",
        """{"type":"allow","challenges":"accounts"}""",
        """{"type":"block","name":"Bob"}""",
        """{"type":"unblock","name":"Bob"}""",
        """{"type":"running","on":true}""",
        """{"type":"quit","game":"g"}""",
        """{"type":"rematch","game":"g"}""",
        """{"type":"open","more":true}""",
        """{"type":"watch","game":"g"}""",
        """{"type":"unwatch","game":"g"}""",
        """{"type":"find","prefix":"B"}""",
        """{"type":"ping","games":[{"game":"g","version":3}]}""",
    ];

    [Fact]
    public async Task A_clients_message_is_malformed_for_the_schema_exactly_if_it_is_for_the_server()
    {
        await using var server = await RunningServer.Start("--ConnectFour:Limits:Burst", "100000", "--ConnectFour:Limits:MalformedMessages", "1000");
        var asked = 0;

        foreach (var (number, example) in Examples.Index())
        {
            // Everybody may say so much nonsense and no more.
            using var somebody = new Bot($"Bot{number}");
            await somebody.Join(server.Address);
            foreach (var message in Variants(Parsed(example)))
            {
                await somebody.Line.Send(message);
                var answer = await somebody.Line.Answer();
                Assert.True(ProtocolSchema.IsFromClient(message) != IsMalformed(answer), $"{message.ToJsonString()} -> {answer.ToJsonString()}");
                asked++;
            }
        }

        Assert.InRange(asked, 1_000, 4_000);
    }

    [Theory]
    [InlineData("""{"type":"new_connection","id":1,"username":"Ann"}""")]
    [InlineData("""{"type":"new_connection","token":"Ann.0123456789abcdefABC_-0"}""")]
    [InlineData("""{"type":"new_connection","username":"Ann","token":null}""")]
    public async Task A_first_message_is_malformed_for_the_schema_exactly_if_it_is_for_the_server(string example)
    {
        await using var server = await RunningServer.Start("--ConnectFour:Lobby:GraceWithoutGame", "00:00:00");

        foreach (var message in Variants(Parsed(example)))
        {
            using var line = await Line.Open(server.Address);
            await line.Send(message);
            var answer = await line.Answer();
            Assert.True(ProtocolSchema.IsFromClient(message) != IsMalformed(answer), $"{message.ToJsonString()} -> {answer.ToJsonString()}");
            await line.Close();
        }
    }

    [Fact]
    public async Task Everything_said_in_a_game_is_as_the_schema_says_and_nothing_with_a_field_more_or_less_is()
    {
        await using var server = await RunningServer.Start();
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        using var cy = new Bot("Cy");
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        await cy.Join(server.Address);
        await ann.UntilType("user_changes");
        await ann.Ask(new() { ["type"] = "running", ["on"] = true });
        await ann.Ask(new() { ["type"] = "seek", ["clocks"] = new JsonArray((JsonNode?)null) });
        await ann.Ask(new() { ["type"] = "unseek" });
        await ann.Ask(new() { ["type"] = "link" });
        await ann.Ask(new() { ["type"] = "find", ["prefix"] = "b" });
        await ann.Ask(new() { ["type"] = "challenge", ["opponent"] = "Bob", ["clock"] = new JsonObject { ["initial"] = 60, ["increment"] = 1 } });
        await bob.Ask(new() { ["type"] = "accept", ["opponent"] = "Ann" });
        await ann.UntilType("game");
        await cy.Ask(new() { ["type"] = "watch", ["game"] = ann.Game });
        await ann.UntilTypes("watchers", "running_changes");
        await ann.Ask(new() { ["type"] = "react", ["game"] = ann.Game, ["reaction"] = "hello" });
        foreach (var (ply, column) in "1213141".Select(digit => digit - '0').Index())
        {
            var mover = ply % 2 == 0 ? bob : ann;
            await mover.UntilPly(ply);
            await mover.Move(column);
        }
        await ann.UntilOver();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ann.Move(1));
        await ann.Ask(new() { ["type"] = "ping", ["games"] = new JsonArray(new JsonObject { ["game"] = ann.Game, ["version"] = 0 }) });
        await ann.UntilType("game");
        await ann.Ask(new() { ["type"] = "ping", ["games"] = new JsonArray(new JsonObject { ["game"] = ann.Game, ["version"] = 99 }) });
        await ann.UntilType("set_back");
        await ann.Ask(new() { ["type"] = "rematch", ["game"] = ann.Game });
        await bob.Ask(new() { ["type"] = "accept", ["opponent"] = "Ann" });
        await bob.Leave();
        await ann.UntilType("presence");

        ProtocolSchema.Holds(ann.Line);
        ProtocolSchema.Holds(bob.Line);
        var heard = ann.Line.Received.DistinctBy(message => (Line.Type(message), message.Count)).ToArray();
        Assert.Equal(ProtocolSchema.Types("server").Order(), heard.Select(Line.Type).Distinct().Order());
        Assert.All(heard.SelectMany(WithAFieldMoreOrLess), message => Assert.False(ProtocolSchema.IsFromServer(message), message.ToJsonString()));
    }

    /// <summary>The message itself, and it with one field, at any depth, left out, replaced or added.</summary>
    private static IEnumerable<JsonObject> Variants(JsonObject message)
    {
        yield return message;
        foreach (var (path, name) in Fields(message))
            foreach (var replacement in Replacements)
                yield return With(message, path, name, replacement);
        foreach (var path in Fields(message).Select(field => field.Path).Distinct()) yield return With(message, path, "more", "1");
    }

    private static IEnumerable<JsonObject> WithAFieldMoreOrLess(JsonObject message) => Fields(message)
        .Where(field => field.Name is not "re" && (Line.Type(message), field.Name) is not ("ok", "users")) // Without these it is another message.
        .SelectMany(field => new[] { With(message, field.Path, field.Name, null), With(message, field.Path, "more", "1") });

    /// <summary>Every field at any depth: the way to the object that has it, and its name.</summary>
    private static IEnumerable<(string Path, string Name)> Fields(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Fields(field.Value).Prepend((Path: fields.GetPath(), Name: field.Key))),
        JsonArray items => items.SelectMany(Fields),
        _ => [],
    };

    private static JsonObject With(JsonObject message, string path, string name, string? replacement)
    {
        var copy = message.DeepClone().AsObject();
        var at = Objects(copy).Single(fields => fields.GetPath() == path);
        if (replacement is null) at.Remove(name);
        else at[name] = JsonNode.Parse(replacement);
        return copy;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Objects(field.Value)).Prepend(fields),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    private static bool IsMalformed(JsonObject answer) => (string?)answer["code"] is "unknown_type" or ['b', 'a', 'd', '_', ..];

    private static JsonObject Parsed(string text) => JsonNode.Parse(text)!.AsObject();
}
