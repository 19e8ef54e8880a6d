using System.Text.Json.Serialization;

namespace ConnectFour.Terminal.Online;

/// <summary>What the server says, of docs/protocol.md, as far as this client listens; everything else is a message of this type itself.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(UserList), "user_list")]
[JsonDerivedType(typeof(UserChanges), "user_changes")]
[JsonDerivedType(typeof(Invitation), "invitation")]
[JsonDerivedType(typeof(WholeGame), "game")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(GameOver), "game_over")]
[JsonDerivedType(typeof(SetBack), "set_back")]
[JsonDerivedType(typeof(Presence), "presence")]
[JsonDerivedType(typeof(Ok), "ok")]
[JsonDerivedType(typeof(Pong), "pong")]
[JsonDerivedType(typeof(Error), "error")]
internal record ServerMessage
{
    /// <summary>Which question this answers, if any.</summary>
    public long? Re { get; init; }

    public sealed record Welcome(string Name, string? Token, string Epoch) : ServerMessage;

    public sealed record UserList(long Version, int Online, ImmutableArray<WireUser> Users) : ServerMessage;

    public sealed record UserChanges(long From, long Version, int Online, ImmutableArray<WireUser> Changed, ImmutableArray<string> Removed) : ServerMessage;

    public sealed record Invitation(string Status, string From, string To, WireControl? Clock, string? Game) : ServerMessage;

    public sealed record WholeGame([property: JsonPropertyName("game")] string Id, int Version, ImmutableArray<WirePlayer> Players, string Moves, int? ToMove, WireClock? Clock, WireResult? Result)
        : ServerMessage;

    /// <param name="Remaining">Milliseconds, player 1 first.</param>
    public sealed record Moved(string Game, int Version, int Ply, int Player, int Column, ImmutableArray<long>? Remaining) : ServerMessage;

    public sealed record GameOver(string Game, int Version, int? Winner, string Reason) : ServerMessage;

    /// <param name="Ply">How many discs are left.</param>
    public sealed record SetBack(string Game, int Version, int Ply) : ServerMessage;

    /// <param name="ClaimableIn">Milliseconds until the absent player's opponent may claim the win.</param>
    public sealed record Presence(string Game, int Player, bool Connected, long? ClaimableIn, long? ForfeitsIn) : ServerMessage;

    public sealed record Ok : ServerMessage;

    public sealed record Pong : ServerMessage;

    public sealed record Error(string Code, string Message) : ServerMessage;
}

internal sealed record WireUser(string Name, string State, string Kind, bool Open, int? Rating);

internal sealed record WirePlayer(string Name, string Colour, bool Connected);

internal sealed record WireClock(int Initial, int Increment, ImmutableArray<long> Remaining);

internal sealed record WireResult(int? Winner, string Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, MaxDepth = 16)]
[JsonSerializable(typeof(ClientMessage))]
[JsonSerializable(typeof(ServerMessage))]
internal sealed partial class WireContext : JsonSerializerContext;
