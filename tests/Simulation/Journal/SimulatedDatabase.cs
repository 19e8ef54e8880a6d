using System.Collections.Immutable;
using ConnectFour.Application;

namespace ConnectFour.Simulation.Tests.Journal;

/// <summary>The database that all nodes share: appends to a game only at the version that was expected, and enters the result in the records in the same step.</summary>
internal sealed class SimulatedDatabase(TimeProvider time)
{
    /// <summary>After so long without a beat, a node is not there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly Dictionary<GameId, StoredGame> _games = [];
    private readonly Dictionary<UserName, Tally> _records = [];
    private readonly Dictionary<Node, long> _beats = [];

    public bool IsUp { get; set; } = true;

    /// <summary>In the order in which they began.</summary>
    public IEnumerable<Game> Games => _games.Values.Select(stored => stored.Game);

    /// <summary>What is left after the run, for the checker.</summary>
    public IReadOnlyList<JournalGame> Journal => [.. _games.Values.Select(stored => new JournalGame(stored.Game.Id, stored.Events))];

    public IReadOnlyList<JournalUser> Users => [.. _records.Select(record => new JournalUser(record.Key, record.Value.Wins, record.Value.Losses, record.Value.Draws))];

    public Game? Find(GameId id) => _games.GetValueOrDefault(id)?.Game;

    public ImmutableArray<GameEvent> Read(GameId id) => _games.GetValueOrDefault(id)?.Events ?? [];

    /// <returns>False if the game is at another version.</returns>
    public bool Append(Game next, ImmutableArray<GameEvent> events, bool isAnyway = false)
    {
        var before = Read(next.Id);
        if (!isAnyway && before.Length != next.Version - events.Length) return false;

        _games[next.Id] = new StoredGame(next, before.AddRange(events));
        if (events[^1] is GameEvent.Ended { Outcome: var outcome })
            foreach (var side in Enum.GetValues<Player>()) _records[next[side].Name] = _records.GetValueOrDefault(next[side].Name).With(outcome, side);
        return true;
    }

    /// <summary>Whether that step was stored, and not another one in its place.</summary>
    public bool Has(Game next, ImmutableArray<GameEvent> events) =>
        Read(next.Id) is var stored && stored.Length >= next.Version && events[0].Equals(stored[next.Version - events.Length]);

    public ImmutableArray<GameId> FlagsDue(DateTimeOffset now) => [.. Games.Where(game => game.Outcome is null && game.Clock?.HasFallen(now) == true).Select(game => game.Id)];

    /// <summary>A node says that it is there.</summary>
    /// <returns>What time it is.</returns>
    public DateTimeOffset Beat(Node node)
    {
        _beats[node] = time.GetTimestamp();
        return time.GetUtcNow();
    }

    public ImmutableArray<Node> Beating(ImmutableArray<Node> nodes) => [.. nodes.Where(node => _beats.TryGetValue(node, out var last) && time.GetElapsedTime(last) < Silence)];

    private sealed record StoredGame(Game Game, ImmutableArray<GameEvent> Events);
}
