using System.Text.Json.Nodes;
using NJsonSchema;

namespace ConnectFour.Web.Tests;

/// <summary>docs/protocol.schema.json.</summary>
internal static partial class ProtocolSchema
{
    private static readonly JsonSchema All = JsonSchema.FromJsonAsync(Repository.Read("docs", "protocol.schema.json")).GetAwaiter().GetResult();

    public static bool IsMessage(JsonNode message) => All.Validate(message.ToJsonString()).Count == 0;

    public static bool IsFromClient(JsonObject message) => IsOne("client", message);

    public static bool IsFromServer(JsonObject message) => IsOne("server", message);

    /// <summary>The types of messages that there are definitions of.</summary>
    public static IEnumerable<string> Types(string sender) =>
        All.Definitions.Keys.Where(name => name.StartsWith(sender + "_", StringComparison.Ordinal)).Select(name => name[(sender.Length + 1)..]);

    /// <summary>The values that a definition lists.</summary>
    public static IEnumerable<string> Values(string definition) => All.Definitions[definition].Enumeration.Select(value => (string)value!);

    // By its type, because to try a message against all the definitions takes long.
    private static bool IsOne(string sender, JsonObject message) =>
        message["type"] is JsonValue type && type.TryGetValue(out string? name)
        && All.Definitions.TryGetValue($"{sender}_{name}", out var definition)
        && definition.Validate(message.ToJsonString()).Count == 0;
}
