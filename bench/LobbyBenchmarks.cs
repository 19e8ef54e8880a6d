using BenchmarkDotNet.Attributes;
using ConnectFour.Application;
using ConnectFour.TestKit;

namespace ConnectFour.Bench;

/// <summary>What every node does again and again with all users of all nodes, whoever they are connected to.</summary>
[MemoryDiagnoser]
public class LobbyBenchmarks
{
    private const int Listed = 200;

    private Lobby _lobby = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Users { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var lobby = Lobbies.Of(new LobbyRules(), [.. Enumerable.Range(0, Users).Select(number => $"Guest{number}")]);
        _lobby = lobby with { Users = lobby.Users.SetItems(lobby.Users.Values.Select((user, index) => KeyValuePair.Create(user.Name, user with { Since = user.Since.AddSeconds(index) }))) };
    }

    /// <summary>What is shown of a lobby that has changed: at most once a tick, which is ten times a second.</summary>
    [Benchmark]
    public int List() => _lobby.List(1, Listed).Users.Length;

    /// <summary>What a sweep looks for, twice a second.</summary>
    [Benchmark]
    public int Sweep() => _lobby.Waiting.Length + _lobby.Due(Instants.Start).Absences.Length;
}
