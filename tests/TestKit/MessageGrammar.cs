using System.Text.Json.Nodes;

namespace ConnectFour.TestKit;

/// <summary>Makes messages of a client as docs/protocol.schema.json describes them: what is added there is said here without another word.</summary>
/// <param name="say">What fits at the moment where the schema has this definition, or else this field; null for anything that the schema allows.</param>
public sealed class MessageGrammar(Random random, Func<string, JsonNode?> say)
{
    private const string Client = "client_";

    private static readonly JsonObject Definitions = JsonNode.Parse(Repository.Read("docs", "protocol.schema.json"))!["definitions"]!.AsObject();

    /// <summary>The types of the messages that a client may send.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Names(Definitions).Where(name => name.StartsWith(Client, StringComparison.Ordinal)).Select(name => name[Client.Length..])];

    /// <summary>The codes that an error may have.</summary>
    public static IReadOnlyList<string> ErrorCodes { get; } = [.. Definitions["code"]!["enum"]!.AsArray().Select(code => (string)code!)];

    public JsonObject Message(string type) => Value(Client + type, Definitions[Client + type]!)!.AsObject();

    private JsonNode? Value(string word, JsonNode schema)
    {
        if ((string?)schema["$ref"] is { } reference) return Value(Name(reference), Definitions[Name(reference)]!);
        if (schema["type"] is JsonValue only && (string)only! == "null") return null;
        if (say(word) is { } said) return said;
        if (schema["oneOf"] is JsonArray cases) return Value(word, One(cases)!);
        if (schema["enum"] is JsonArray values) return One(values)!.DeepClone();
        return Kind(schema["type"]!) switch
        {
            "null" => null,
            "boolean" => random.Next(2) == 0,
            "integer" => random.NextInt64(Number(schema, "minimum", 0), Number(schema, "maximum", int.MaxValue) + 1),
            "string" when schema["pattern"] is null => Text(Number(schema, "minLength", 0), Number(schema, "maxLength", 32)),
            "array" => Elements(word, schema),
            "object" => Fields(schema),
            var kind => throw new NotSupportedException($"There is no {kind} to say for '{word}'."),
        };
    }

    private JsonObject Fields(JsonNode schema)
    {
        var required = Texts(schema["required"]);
        var made = new JsonObject();
        foreach (var (name, field) in schema["properties"]!.AsObject())
            if (required.Contains(name) || random.Next(2) == 0) made[name] = Value(name, field!);
        return schema["not"] is { } not && Fits(made, Definitions[Name((string)not["$ref"]!)]!) ? Fields(schema) : made;
    }

    private JsonArray Elements(string word, JsonNode schema)
    {
        var elements = new JsonArray();
        var count = random.NextInt64(Number(schema, "minItems", 0), Number(schema, "maxItems", 8) + 1);
        for (var i = 0; i < count; i++)
        {
            var element = Value(word, schema["items"]!);
            if (schema["uniqueItems"] is null || !elements.Any(known => JsonNode.DeepEquals(known, element))) elements.Add(element);
        }
        return elements;
    }

    /// <summary>Whether all of the fields are there with the values that are listed.</summary>
    private static bool Fits(JsonObject made, JsonNode schema) =>
        Texts(schema["required"]).All(name => made[name] is { } value && schema["properties"]![name]!["enum"]!.AsArray().Any(listed => JsonNode.DeepEquals(listed, value)));

    private string Kind(JsonNode type) => type is JsonArray kinds ? (string)One(kinds)! : (string)type!;

    private string Text(long least, long most) => string.Concat(Enumerable.Range(0, (int)random.NextInt64(least, most + 1)).Select(_ => (char)random.Next('a', 'z' + 1)));

    private JsonNode? One(JsonArray nodes) => nodes[random.Next(nodes.Count)];

    private static long Number(JsonNode schema, string name, long otherwise) => (long?)schema[name] ?? otherwise;

    private static HashSet<string> Texts(JsonNode? nodes) => [.. nodes!.AsArray().Select(node => (string)node!)];

    private static string Name(string reference) => reference[(reference.LastIndexOf('/') + 1)..];

    private static IEnumerable<string> Names(JsonObject of) => of.Select(member => member.Key);
}
