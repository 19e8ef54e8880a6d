using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application.InMemory;

/// <summary>The lobby of a single process: one value behind one lock, with no <c>await</c> inside.</summary>
public sealed class InMemoryLobby(LobbyRules rules, IEvents events) : ILobby
{
    private readonly Lock _lock = new();
    private Lobby _lobby = Lobby.Empty(rules);
    private long _version;

    /// <summary>The list that was asked for last: it is asked for many times a second, and changes less often.</summary>
    private volatile Listed? _listed;

    public ValueTask<User?> Find(UserName name) => new(Current.Lobby.Find(name));

    public ValueTask<Decision<Lobby, LobbyEvent>> Decide(ImmutableArray<UserName> concerned, Func<Lobby, Decision<Lobby, LobbyEvent>> transition)
    {
        lock (_lock)
        {
            var decision = transition(_lobby);
            if (decision is Decision<Lobby, LobbyEvent>.Accepted accepted) Commit(accepted);
            return new(decision);
        }
    }

    public ValueTask<ImmutableArray<User>> Search(string prefix, int most) => new(Current.Lobby.Search(prefix, most));

    public ValueTask<UserList> List(int most)
    {
        var (lobby, version) = Current;
        if (_listed is not { } listed || listed.Most != most || listed.List.Version != version) _listed = listed = new Listed(most, lobby.List(version, most));
        return new(listed.List);
    }

    public ValueTask<ImmutableArray<UserName>> Waiting() => new(Current.Lobby.Waiting);

    public ValueTask<DueInLobby> Due(DateTimeOffset now) => new(Current.Lobby.Due(now));

    // The value is immutable, so whoever holds it may read it after the lock.
    private (Lobby Lobby, long Version) Current
    {
        get { lock (_lock) return (_lobby, _version); }
    }

    private void Commit(Decision<Lobby, LobbyEvent>.Accepted accepted)
    {
        if (!ReferenceEquals(accepted.Next, _lobby)) _version++;
        _lobby = accepted.Next;
        foreach (var happened in accepted.Events) events.Publish(happened);
    }

    private sealed record Listed(int Most, UserList List);
}
