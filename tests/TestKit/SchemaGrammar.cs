using System.Text.Json.Nodes;

namespace ConnectFour.TestKit;

/// <summary>Makes values that a JSON schema allows.</summary>
/// <param name="definitions">What the schema refers to by name.</param>
/// <param name="say">What fits at the moment where the schema has this definition, or else this field; null for anything that the schema allows.</param>
public sealed class SchemaGrammar(Random random, JsonObject definitions, Func<string, JsonNode?> say)
{
    public JsonNode? Value(string definition) => Value(definition, definitions[definition]!);

    private JsonNode? Value(string word, JsonNode schema)
    {
        if ((string?)schema["$ref"] is { } reference) return Value(Name(reference), definitions[Name(reference)]!);
        if (schema["type"] is JsonValue only && (string)only! == "null") return null; // What fits elsewhere is not allowed here.
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
        return schema["not"] is { } not && Fits(made, definitions[Name((string)not["$ref"]!)]!) ? Fields(schema) : made;
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

    private static HashSet<string> Texts(JsonNode? nodes) => [.. (nodes?.AsArray() ?? []).Select(node => (string)node!)];

    private static string Name(string reference) => reference[(reference.LastIndexOf('/') + 1)..];
}
