using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>The one place that knows JSON's options: strict when reading, nothing left out when writing.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = MaxDepth)]
[JsonSerializable(typeof(NewConnectionMessage))]
[JsonSerializable(typeof(ChallengeMessage))]
[JsonSerializable(typeof(CancelMessage))]
[JsonSerializable(typeof(AcceptMessage))]
[JsonSerializable(typeof(DeclineMessage))]
[JsonSerializable(typeof(SeekMessage))]
[JsonSerializable(typeof(UnseekMessage))]
[JsonSerializable(typeof(LinkMessage))]
[JsonSerializable(typeof(UnlinkMessage))]
[JsonSerializable(typeof(JoinMessage))]
[JsonSerializable(typeof(SwapMessage))]
[JsonSerializable(typeof(ReactMessage))]
[JsonSerializable(typeof(ClaimMessage))]
[JsonSerializable(typeof(AllowMessage))]
[JsonSerializable(typeof(BlockMessage))]
[JsonSerializable(typeof(UnblockMessage))]
[JsonSerializable(typeof(RunningMessage))]
[JsonSerializable(typeof(MoveMessage))]
[JsonSerializable(typeof(QuitMessage))]
[JsonSerializable(typeof(RematchMessage))]
[JsonSerializable(typeof(OpenMessage))]
[JsonSerializable(typeof(WatchMessage))]
[JsonSerializable(typeof(UnwatchMessage))]
[JsonSerializable(typeof(FindMessage))]
[JsonSerializable(typeof(PingMessage))]
[JsonSerializable(typeof(ServerMessage))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>How deep a client's message may nest.</summary>
    public const int MaxDepth = 8;

    /// <summary>The bytes of one text message.</summary>
    public static byte[] Bytes(ServerMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, Default.ServerMessage);
}
