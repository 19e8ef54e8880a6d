using System.Text.Json.Serialization;

namespace ConnectFour.Infrastructure.Redis.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(WireUser))]
[JsonSerializable(typeof(WireMessage))]
[JsonSerializable(typeof(WireGame))]
[JsonSerializable(typeof(WireWatchers))]
internal sealed partial class WireJson : JsonSerializerContext;
