using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace ConnectFour.Web.Tests;

/// <summary>docs/protocol.schema.json against what is really said, and against the protocol page.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task Everything_said_in_a_game_is_as_the_schema_says()
    {
        var schema = await Schema();
        await using var server = await RunningServer.Start();
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await ann.Join(server.Address);
        await bob.Join(server.Address);
        await ann.Ask(new() { ["type"] = "find", ["prefix"] = "b" });
        await ann.Ask(new() { ["type"] = "challenge", ["opponent"] = "Bob", ["clock"] = new JsonObject { ["initial"] = 60, ["increment"] = 1 } });
        await bob.Ask(new() { ["type"] = "accept", ["opponent"] = "Ann" });
        await ann.UntilType("game");
        foreach (var (ply, column) in "1213141".Select(digit => digit - '0').Index())
        {
            var mover = ply % 2 == 0 ? bob : ann;
            await mover.UntilPly(ply);
            await mover.Move(column);
        }
        await ann.UntilOver();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ann.Move(1));
        await ann.Ask(new() { ["type"] = "rematch", ["game"] = ann.Game });
        await ann.Ask(new() { ["type"] = "ping", ["games"] = new JsonArray(new JsonObject { ["game"] = ann.Game, ["version"] = 0 }) });

        var said = ann.Said.Concat(bob.Said).ToArray();

        Assert.All(said, message => Assert.True(IsValid(schema, message), message.ToJsonString()));
        string[] kinds = ["welcome", "user_list", "user_changes", "invitation", "game", "moved", "game_over", "ok", "error", "pong"];
        Assert.Subset(said.Select(message => (string)message["type"]!).ToHashSet(), kinds.ToHashSet());
    }

    [Fact]
    public async Task Every_message_on_the_protocol_page_is_as_the_schema_says()
    {
        var schema = await Schema();
        var page = Repository.Read("docs", "protocol.md");

        var messages = Regex.Matches(page, @"^\w+ [<>] (\{.*\})$", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Where(text => !text.Contains("\"$", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(messages);
        Assert.All(messages, message => Assert.True(message.Contains("\"column\":8", StringComparison.Ordinal) != IsValid(schema, JsonNode.Parse(message)!), message));
    }

    [Theory]
    [InlineData("""{"type":"move","game":"g","ply":0,"column":8}""")]
    [InlineData("""{"type":"move","game":"g","ply":0}""")]
    [InlineData("""{"type":"move","game":"g","ply":0,"column":"1"}""")]
    [InlineData("""{"type":"move","game":"g","ply":0,"column":1,"player":0}""")]
    [InlineData("""{"type":"new_connection"}""")]
    [InlineData("""{"type":"new_connection","username":"Ann","token":"x"}""")]
    [InlineData("""{"type":"challenge","opponent":"<b>"}""")]
    [InlineData("""{"type":"nonsense"}""")]
    [InlineData("""{"type":"pong","games":[]}""")]
    [InlineData("""{"type":"error","code":"no_such_code","message":""}""")]
    public async Task What_is_not_a_message_is_not_valid(string text)
    {
        var schema = await Schema();

        Assert.False(IsValid(schema, JsonNode.Parse(text)!));
    }

    private static bool IsValid(JsonSchema schema, JsonNode message) => schema.Validate(message.ToJsonString()).Count == 0;

    private static Task<JsonSchema> Schema() => JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "docs", "protocol.schema.json"));
}
