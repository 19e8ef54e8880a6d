using System.Collections.Concurrent;
using ConnectFour.Application;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Postgres;

// Time that was nobody's: while no server was there, and while something was on its way to the database for long.
internal sealed partial class PostgresJournal
{
    /// <summary>Nobody was there from <paramref name="left"/> until now: no clock ran.</summary>
    private async Task GiveBack(DateTimeOffset left, DateTimeOffset now)
    {
        var running = new ConcurrentQueue<StoredGame>(await _server.Running());
        await Task.WhenAll(Enumerable.Range(0, _settings.Connections).Select(_ => Next()));

        async Task Next()
        {
            while (running.TryDequeue(out var stored)) await GiveBack(new GameId(stored.Start.Id), left, now);
        }
    }

    /// <summary>A game that was given its time before this was over, by whoever began with it, gets what has passed since, and time to find back only once. One that cannot be stored holds up no other.</summary>
    private async Task GiveBack(GameId id, DateTimeOffset left, DateTimeOffset now)
    {
        while (await _server.Find(id) is { } stored && Sound(stored, () => RunningGame.Of(stored)) is { } game)
        {
            var given = stored.Events().OfType<GameEvent.Resumed>().LastOrDefault(resumed => resumed.At > left);
            if (given?.At > now - Heart.Outage) return;
            if (game.Game.Resume(left, given is null ? Recovery.TimeToFindBack : TimeSpan.Zero, now) is not Decision<Game, GameEvent>.Accepted { Events.IsEmpty: false } accepted) return;

            Known(id).Renew(game);
            if (await Store(new Step(accepted.Next, accepted.Events, now)) != AppendResult.Conflict) return;
        }
    }

    /// <summary>Whether a step has kept whoever is to move next from moving for as long as an outage, or has cost them time that they did not have. A game that began when it was stored has kept nobody until then.</summary>
    /// <param name="asked">A timestamp.</param>
    private bool IsCostly(Step step, Step stored, TimeSpan lost, long asked) => lost > TimeSpan.Zero || _time.GetElapsedTime(asked) - (stored.Events[0].At - step.Events[0].At) > Heart.Outage;

    /// <summary>Gives whoever is to move next the time back for which the step was on its way, before this server tells anybody of it; and once more, if that takes as long.</summary>
    /// <returns>What was stored for that: usually one step, and none if there is nothing to give, or the game has gone on.</returns>
    private async Task<IReadOnlyList<(Step Step, RunningGame Game)>> GiveBack(Step late, RunningGame stored)
    {
        var given = new List<(Step, RunningGame)>();
        while (stored.Game.Version == late.Next.Version)
        {
            var (now, asked) = (_serverTime.AtLatest, _time.GetTimestamp()); // Our time may stand still yet.
            if (late.Next.Resume(late.Events[^1].At, Recovery.TimeToFindBack, now) is not Decision<Game, GameEvent>.Accepted { Events.IsEmpty: false } accepted) break;

            var step = new Step(accepted.Next, accepted.Events, now);
            if (await StoreInTurn(step, stored) is not { } after) break;
            given.Add((step, after));
            if (_time.GetElapsedTime(asked) <= Heart.Outage) break;
            (late, stored) = (step, after);
        }
        return given;
    }

    /// <summary>Null if it was not stored: somebody was faster, or the process ends.</summary>
    private async Task<RunningGame?> StoreInTurn(Step step, RunningGame known)
    {
        try
        {
            return (await _writer.Store(step, known, isPatient: true)).After;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
