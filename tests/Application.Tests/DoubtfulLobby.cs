using System.Collections.Immutable;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Application.Tests;

/// <summary>A lobby that can be made not to answer, though it may have done what it was asked; it counts what it is asked to decide.</summary>
internal sealed class DoubtfulLobby(ILobby lobby) : ILobby
{
    /// <summary>How many decisions are not answered from now on.</summary>
    public int Failures { get; set; }

    /// <summary>About whom nothing can be decided.</summary>
    public UserName? Unreadable { get; set; }

    public bool DoesItAllTheSame { get; set; }

    public int Decisions { get; private set; }

    public static void Replace(IServiceCollection services) => services.AddSingleton<ILobby>(provider => new DoubtfulLobby(ActivatorUtilities.CreateInstance<InMemoryLobby>(provider)));

    public ValueTask<User?> Find(UserName name) => lobby.Find(name);

    public async ValueTask<Decision<Lobby, LobbyEvent>> Decide(ImmutableArray<UserName> concerned, Func<Lobby, Decision<Lobby, LobbyEvent>> transition)
    {
        Decisions++;
        if (Unreadable is { } name && concerned.Contains(name)) throw new InvalidOperationException("As planned.");
        if (Failures == 0) return await lobby.Decide(concerned, transition);

        Failures--;
        if (DoesItAllTheSame) await lobby.Decide(concerned, transition);
        throw new LobbyAwayException("It does not answer.");
    }

    public ValueTask<ImmutableArray<User>> Search(string prefix, int most) => lobby.Search(prefix, most);

    public ValueTask<UserList> List(int most) => lobby.List(most);

    public ValueTask<ImmutableArray<UserName>> Waiting() => lobby.Waiting();

    public ValueTask<DueInLobby> Due(DateTimeOffset now) => lobby.Due(now);
}
