using System.Collections.Immutable;

namespace ConnectFour.Domain;

/// <summary>What happened in the lobby. One of the cases nested here, and no other.</summary>
public abstract record LobbyEvent
{
    private LobbyEvent() { }

    /// <summary>A user has one more connection: the first one, another tab, or one after an absence.</summary>
    /// <param name="WasAway">Whether it ended an absence.</param>
    public sealed record Connected(User User, ConnectionId Connection, bool WasAway) : LobbyEvent;

    /// <summary>A user's last connection closed; <see cref="User.LeavesAt"/> says until when the seats are kept.</summary>
    public sealed record WentAway(User User) : LobbyEvent;

    /// <summary>A user left for good; the name is free.</summary>
    public sealed record Left(User User) : LobbyEvent;

    /// <summary>A user's sessions ended: their connections are theirs no longer.</summary>
    /// <param name="Only">The one connection of which that is so, or null for all.</param>
    public sealed record LoggedOut(UserName Name, ConnectionId? Only = null) : LobbyEvent;

    /// <summary>A user said what they want to hear of.</summary>
    public sealed record Preferred(User User) : LobbyEvent;

    /// <summary>A user waits to be paired.</summary>
    public sealed record SeekStarted(User User) : LobbyEvent;

    /// <summary>A user waits no longer.</summary>
    /// <param name="User">As they were while they waited.</param>
    /// <param name="Game">The game that they were paired for, or null.</param>
    public sealed record SeekEnded(User User, GameId? Game) : LobbyEvent;

    public sealed record LinkMade(User Host, Link Link) : LobbyEvent;

    /// <param name="Game">The game that began, if somebody took the seat; otherwise null.</param>
    public sealed record LinkEnded(User Host, Link Link, LinkEnd How, GameId? Game) : LobbyEvent;

    /// <summary>A player said something.</summary>
    /// <param name="Players">Those of the two who are to hear it.</param>
    public sealed record Reacted(GameId Game, Player By, Reaction Reaction, ImmutableArray<UserName> Players) : LobbyEvent;

    /// <summary>Somebody was challenged who wants nothing to do with the challenger: who alone hears of it, as of a challenge that was declined.</summary>
    public sealed record TurnedAway(Invitation Invitation) : LobbyEvent;

    public sealed record Challenged(Invitation Invitation) : LobbyEvent;

    /// <param name="Game">The game agreed upon, if the end is <see cref="InvitationEnd.Accepted"/>; otherwise null.</param>
    public sealed record InvitationEnded(Invitation Invitation, InvitationEnd How, GameId? Game) : LobbyEvent;

    /// <summary>Two users took their seats: the game is to start.</summary>
    public sealed record SeatsTaken(GameId Game, Seat First, Seat Second, Terms Terms, Stakes Stakes) : LobbyEvent;

    /// <summary>Players of a running game have the seats again that the lobby had forgotten; who came meanwhile knows nothing of the game.</summary>
    /// <param name="Version">The game's, at least: who shows them the game shows nothing older, for they may have seen that much.</param>
    /// <param name="First">Who plays first, if they are here at all.</param>
    /// <param name="Second">The same for second.</param>
    public sealed record Reseated(GameId Game, int Version, User? First, User? Second) : LobbyEvent;

    /// <summary>Two players exchanged the sides of a game.</summary>
    public sealed record SidesChanged(User First, User Second) : LobbyEvent;

    /// <summary>A game ended and its players gave up their seats.</summary>
    public sealed record SeatsLeft(GameId Game) : LobbyEvent;
}
