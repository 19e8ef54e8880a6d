using System.Collections.Immutable;
using ConnectFour.Domain;
using Npgsql;

namespace ConnectFour.Chaos;

/// <summary>Games whose clocks run out while the node of whoever is to move is killed, and what became of them.</summary>
internal static class FlagRun
{
    /// <summary>At each kill.</summary>
    private const int Duels = 4;

    /// <summary>Milliseconds before and after the flag falls between which the node is killed.</summary>
    private const int Spread = 200;

    /// <summary>How late a flag may fall, by the time that is written down with it.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(1.5);

    public static int Kills => RunSettings.Number("CONNECTFOUR_CHAOS_FLAGS", 10);

    public static async Task<FlagFigures> Of(Cluster cluster, int kills)
    {
        var (history, random) = (new History(), new Random(RunSettings.Seed));
        for (var kill = 0; kill < kills; kill++)
        {
            var (dying, living) = (cluster.Nodes[kill % cluster.Nodes.Count], cluster.Nodes[(kill + 1) % cluster.Nodes.Count]);
            var duels = await Task.WhenAll(Enumerable.Range(0, Duels).Select(duel => Duel.Begin(history, $"{kill}-{duel}", dying.Address, living.Address)));
            var falls = await Task.WhenAll(duels.Select(async duel => await StartOf(cluster, duel.Game) + Duel.Control.Initial));

            Task[] playing = [.. duels.Select(duel => duel.End()), .. duels.Select((duel, i) => duel.Move(falls[i].AddMilliseconds(random.Next(-Spread, Spread / 2))))];
            await Until(falls[random.Next(Duels)].AddMilliseconds(random.Next(-Spread, Spread)));
            await dying.KillAndStartAgain();
            await Task.WhenAll(playing);
            Array.ForEach(duels, duel => duel.Dispose());
        }
        foreach (var node in cluster.Nodes) await node.Stop();

        var journal = Journal.OfPostgres(cluster.Database);
        return FlagFigures.Of(
            [.. journal.Games.Select(game => new RecordedGame(game))],
            [.. HistoryChecker.Check(history, journal.Games, journal.Users, ClusterRun.Graces).Select(violation => violation.ToString()), .. journal.Games.Select(Problem).OfType<string>()]);
    }

    /// <summary>How much later than it was due a flag fell; null if none did.</summary>
    public static TimeSpan? LatenessOf(ImmutableArray<GameEvent> events) =>
        events[^1] is GameEvent.Ended { Outcome: Outcome.Flag } end ? end.At - Game.Replay(events[..^1]).Clock!.FallsAt : null;

    private static string? Problem(JournalGame game)
    {
        if (game.Events.OfType<GameEvent.Ended>().Count() is not 1 and var ends) return $"Game {game.Id} has {ends} ends.";
        return LatenessOf(game.Events) > Lateness ? $"In game {game.Id} the flag fell {LatenessOf(game.Events)} late." : null;
    }

    private static async Task<DateTimeOffset> StartOf(Cluster cluster, GameId game)
    {
        await using var database = new NpgsqlConnection(cluster.Database);
        await database.OpenAsync();
        await using var start = new NpgsqlCommand("SELECT started_at FROM games WHERE id = $1", database);
        start.Parameters.Add(new NpgsqlParameter<string> { TypedValue = game.Value });
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(await start.ExecuteScalarAsync())!);
    }

    private static async Task Until(DateTimeOffset then)
    {
        if (then - TimeProvider.System.GetUtcNow() is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
    }
}

/// <summary>What became of the games of a run.</summary>
/// <param name="Moves">Games in which the move was in time.</param>
/// <param name="Flags">Those in which it was not.</param>
/// <param name="Latest">How late the latest flag fell.</param>
internal sealed record FlagFigures(ImmutableArray<string> Violations, int Moves, int Flags, TimeSpan Latest)
{
    public static FlagFigures Of(ImmutableArray<RecordedGame> games, ImmutableArray<string> violations) => new(
        violations, games.Count(game => !game.Discs.IsEmpty), games.Count(game => game.Discs.IsEmpty), games.Max(game => FlagRun.LatenessOf(game.Events)) ?? TimeSpan.Zero);

    public override string ToString() => $"{Moves} moves in time, {Flags} flags, the latest {Latest.TotalMilliseconds:0} ms late";
}
