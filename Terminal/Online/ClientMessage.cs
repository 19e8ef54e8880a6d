using System.Text.Json.Serialization;

namespace ConnectFour.Terminal.Online;

/// <summary>What this client says, of docs/protocol.md. One of the cases nested here, and no other.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(NewConnection), "new_connection")]
[JsonDerivedType(typeof(Challenge), "challenge")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Accept), "accept")]
[JsonDerivedType(typeof(Decline), "decline")]
[JsonDerivedType(typeof(Move), "move")]
[JsonDerivedType(typeof(Quit), "quit")]
[JsonDerivedType(typeof(Claim), "claim")]
[JsonDerivedType(typeof(Swap), "swap")]
[JsonDerivedType(typeof(Rematch), "rematch")]
[JsonDerivedType(typeof(Ping), "ping")]
internal abstract record ClientMessage
{
    private ClientMessage() { }

    /// <summary>Comes back as <see cref="ServerMessage.Re"/>.</summary>
    public long Id { get; init; }

    /// <summary>By name, or by the token that a name was given.</summary>
    public sealed record NewConnection(string? Username, string? Token) : ClientMessage;

    public sealed record Challenge(string Opponent, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] WireControl? Clock) : ClientMessage;

    public sealed record Cancel(string Opponent) : ClientMessage;

    public sealed record Accept(string Opponent) : ClientMessage;

    public sealed record Decline(string Opponent) : ClientMessage;

    public sealed record Move(string Game, int Ply, int Column) : ClientMessage;

    public sealed record Quit(string Game) : ClientMessage;

    public sealed record Claim(string Game) : ClientMessage;

    public sealed record Swap(string Game) : ClientMessage;

    public sealed record Rematch(string Game) : ClientMessage;

    public sealed record Ping(ImmutableArray<WireVersion> Games) : ClientMessage;
}

/// <summary>In seconds.</summary>
internal sealed record WireControl(int Initial, int Increment);

internal sealed record WireVersion(string Game, int Version);
