using System.Text.Json.Serialization;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>What the server says. The records hold what stands on the wire; docs/protocol.md explains them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WelcomeMessage), "welcome")]
[JsonDerivedType(typeof(OkMessage), "ok")]
[JsonDerivedType(typeof(ErrorMessage), "error")]
[JsonDerivedType(typeof(PongMessage), "pong")]
[JsonDerivedType(typeof(UserListMessage), "user_list")]
[JsonDerivedType(typeof(UserChangesMessage), "user_changes")]
[JsonDerivedType(typeof(InvitationMessage), "invitation")]
[JsonDerivedType(typeof(SeekingMessage), "seek")]
[JsonDerivedType(typeof(LinkedMessage), "link")]
[JsonDerivedType(typeof(WholeGameMessage), "game")]
[JsonDerivedType(typeof(MovedMessage), "moved")]
[JsonDerivedType(typeof(GameOverMessage), "game_over")]
[JsonDerivedType(typeof(SetBackMessage), "set_back")]
[JsonDerivedType(typeof(PresenceMessage), "presence")]
[JsonDerivedType(typeof(ReactionMessage), "reaction")]
[JsonDerivedType(typeof(WatchersMessage), "watchers")]
[JsonDerivedType(typeof(PreferencesMessage), "preferences")]
[JsonDerivedType(typeof(RunningGamesMessage), "running_games")]
[JsonDerivedType(typeof(RunningChangesMessage), "running_changes")]
internal abstract record ServerMessage;

/// <summary>The answer to a question.</summary>
internal abstract record AnswerMessage : ServerMessage
{
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestId? Re { get; init; }
}

internal sealed record WelcomeMessage(int Protocol, string Name, string Kind, string? Token, string Epoch, WireLimits Limits) : AnswerMessage;

/// <summary>The limits a client does well to know.</summary>
internal sealed record WireLimits(
    int MessageBytes, int FramesPerMessage, int FramesPerSecond, int Burst, int ConnectionsPerUser,
    int Games, int Watched, int ListedUsers, int InvitationSeconds, int GraceSeconds, int PingSeconds);

internal sealed record OkMessage : AnswerMessage
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Game { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Dup { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireUser>? Users { get; init; }
}

internal sealed record ErrorMessage(string Code, string Message) : AnswerMessage;

internal sealed record PongMessage(IReadOnlyList<string> Games, IReadOnlyList<string> Unknown) : AnswerMessage;

internal sealed record UserListMessage(long Version, int Online, IReadOnlyList<WireUser> Users) : ServerMessage;

internal sealed record UserChangesMessage(
    long From, long Version, int Online, IReadOnlyList<WireUser> Changed, IReadOnlyList<string> Removed) : ServerMessage;

internal sealed record WireUser(
    string Name, string State, string Kind, int Games, bool Open, string Challenges, bool Seeking, int Wins, int Losses, int Draws, int? Rating, bool Provisional,
    string? Colour);

internal sealed record InvitationMessage(
    string Status, string From, string To, ClockSetting? Clock, bool Swap, bool Pair, bool Rated, long ExpiresIn, string? Game, string? RematchOf) : ServerMessage;

/// <param name="Waited">Milliseconds.</param>
/// <param name="Game">The game that they were paired for, or null.</param>
internal sealed record SeekingMessage(string Status, IReadOnlyList<ClockSetting?> Clocks, bool Swap, bool Pair, long Waited, string? Game) : ServerMessage;

internal sealed record LinkedMessage(string Status, string Key, ClockSetting? Clock, bool Swap, bool Pair, long ExpiresIn, string? Game) : ServerMessage;

internal sealed record WholeGameMessage(
    string Game, int Version, IReadOnlyList<WirePlayer> Players, string Opening, string Moves, int? ToMove, WireClock? Clock, string? Swap, int? Pair, bool Rated, int Watchers, WireResult? Result)
    : ServerMessage;

internal sealed record WirePlayer(string Name, string Colour, bool Connected, long? ClaimableIn, long? ForfeitsIn);

/// <param name="Initial">Seconds.</param>
/// <param name="Increment">Seconds.</param>
/// <param name="Remaining">Milliseconds, player 1 first.</param>
internal sealed record WireClock(int Initial, int Increment, IReadOnlyList<long> Remaining);

internal sealed record WireResult(int? Winner, string Reason, IReadOnlyList<int[]> Cells);

internal sealed record MovedMessage(
    string Game, int Version, int Ply, int Player, int Column, int Row, IReadOnlyList<long>? Remaining) : ServerMessage;

internal sealed record GameOverMessage(string Game, int Version, int? Winner, string Reason, IReadOnlyList<int[]> Cells) : ServerMessage;

internal sealed record PresenceMessage(string Game, int Player, bool Connected, long? ClaimableIn, long? ForfeitsIn) : ServerMessage;

internal sealed record ReactionMessage(string Game, int Player, string Reaction) : ServerMessage;

internal sealed record WatchersMessage(string Game, int Count) : ServerMessage;

/// <param name="Ply">How many discs are left on the board.</param>
internal sealed record SetBackMessage(string Game, int Version, int Ply) : ServerMessage;

internal sealed record PreferencesMessage(bool Open, string Challenges, IReadOnlyList<string> Blocked) : ServerMessage;

internal sealed record RunningGamesMessage(long Version, int Running, IReadOnlyList<WireRunning> Games) : ServerMessage;

internal sealed record RunningChangesMessage(
    long From, long Version, int Running, IReadOnlyList<WireRunning> Changed, IReadOnlyList<string> Removed) : ServerMessage;

/// <summary>A running game as the lobby shows it: small.</summary>
internal sealed record WireRunning(string Game, IReadOnlyList<WireSeat> Players, string Moves, ClockSetting? Clock)
{
    // Lists compare by reference; of a running game only the moves and who plays which side change.
    public bool Equals(WireRunning? other) => other is not null && (Game, Moves, Players[0]) == (other.Game, other.Moves, other.Players[0]);

    public override int GetHashCode() => HashCode.Combine(Game, Moves);
}

internal sealed record WireSeat(string Name, string Colour);
