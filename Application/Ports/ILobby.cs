using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>
/// The soft state: who is here, and who invited whom. It may be lost with its process; it is rebuilt from the living connections.
/// An implementation publishes the events of a decision after it took effect, in the order of the decisions.
/// </summary>
public interface ILobby
{
    /// <summary>The user of that name, here or away, or null.</summary>
    ValueTask<User?> Find(UserName name);

    /// <summary>
    /// Reads the users concerned, lets <paramref name="transition"/> propose their next values, and stores all of them or none.
    /// The transition sees those users and whoever they have an invitation with, at least; it is pure, and may be called again when somebody else was faster.
    /// </summary>
    /// <exception cref="LobbyAwayException">It is shared, and out of reach.</exception>
    ValueTask<Decision<Lobby, LobbyEvent>> Decide(ImmutableArray<UserName> concerned, Func<Lobby, Decision<Lobby, LobbyEvent>> transition);

    /// <summary>Users who are here and whose name begins so, by name.</summary>
    ValueTask<ImmutableArray<User>> Search(string prefix, int most);

    /// <summary>The list as everybody sees it: the first <paramref name="most"/> users who are here, who came first, first.</summary>
    ValueTask<UserList> List(int most);

    /// <summary>Who waits to be paired, who waits longest, first.</summary>
    ValueTask<ImmutableArray<UserName>> Waiting();

    /// <summary>What is due at <paramref name="now"/>.</summary>
    ValueTask<DueInLobby> Due(DateTimeOffset now);
}

/// <summary>A lobby that is shared cannot be reached at the moment. Whether what was to be decided was is not known; most probably not.</summary>
public sealed class LobbyAwayException(string message, Exception? cause = null) : IOException(message, cause);

/// <param name="Version">Grows whenever a user changed.</param>
/// <param name="Online">How many people are here, listed or not; bots are not counted.</param>
public sealed record UserList(long Version, int Online, ImmutableArray<User> Users);

/// <param name="Invitations">Invitations that nobody answered in time.</param>
/// <param name="Links">Whose invitations by link nobody took up in time.</param>
/// <param name="Absences">Users whose time to come back is over, who left first, first.</param>
public sealed record DueInLobby(ImmutableArray<Invitation> Invitations, ImmutableArray<UserName> Links, ImmutableArray<UserName> Absences);
