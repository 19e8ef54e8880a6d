using System.Text.Json.Nodes;

namespace ConnectFour.TestKit;

/// <summary>Makes messages of a client as docs/protocol.schema.json describes them: what is added there is said here without another word.</summary>
/// <param name="say">As for <see cref="SchemaGrammar"/>.</param>
public sealed class MessageGrammar(Random random, Func<string, JsonNode?> say)
{
    private const string Client = "client_";

    private static readonly JsonObject Definitions = JsonNode.Parse(Repository.Read("docs", "protocol.schema.json"))!["definitions"]!.AsObject();

    private readonly SchemaGrammar _grammar = new(random, Definitions, say);

    /// <summary>The types of the messages that a client may send.</summary>
    public static IReadOnlyList<string> Types { get; } =
        [.. Definitions.Select(definition => definition.Key).Where(name => name.StartsWith(Client, StringComparison.Ordinal)).Select(name => name[Client.Length..])];

    /// <summary>The codes that an error may have.</summary>
    public static IReadOnlyList<string> ErrorCodes { get; } = [.. Definitions["code"]!["enum"]!.AsArray().Select(code => (string)code!)];

    public JsonObject Message(string type) => _grammar.Value(Client + type)!.AsObject();
}
