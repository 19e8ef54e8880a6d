using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Simulation.Tests.Clockwork;

namespace ConnectFour.Simulation.Tests.Journal;

/// <summary>
/// One node's way to the database, with the promises of the journal on PostgreSQL: it remembers games for a moment after others have brought them further, answers Pending when it takes long, sees every
/// step through until it is known what became of it, and publishes what it stored itself, in order.
/// </summary>
internal class SimulatedJournal(SimulatedDatabase database, Wire wire, IEvents audience, TimeProvider time) : IGameJournal, ISharedJournal
{
    /// <summary>How long a version counts as the newest after it was.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>After so long without an answer, there will be none.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<GameId, Task> _turns = [];
    private readonly Dictionary<GameId, (Game Game, long Asked)> _known = [];
    private readonly Dictionary<GameId, int> _published = [];

    protected SimulatedDatabase Database => database;

    public async ValueTask<Game?> Find(GameId id)
    {
        if (_known.TryGetValue(id, out var known) && time.GetElapsedTime(known.Asked) < Fresh) return known.Game;

        var asked = time.GetTimestamp();
        var game = await Ask(() => database.Find(id));
        if (game is not null) Remember(game, asked);
        return game;
    }

    public async ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => await Ask(() => database.Read(id));

    public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => Append(Game.Start(started), [started]);

    public virtual async ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events)
    {
        // The same asked again must not be refused while the first may still be stored.
        var turn = Store(_turns.GetValueOrDefault(next.Id, Task.CompletedTask), next, events);
        _turns[next.Id] = turn;
        try
        {
            return await turn.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            return TooLate;
        }
    }

    public virtual async ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now)
    {
        try
        {
            return await Ask(() => database.FlagsDue(now));
        }
        catch (StoreAwayException)
        {
            return [];
        }
    }

    /// <summary>Others are there: no clock is to be given anything. Who has a seat, the lobby knows.</summary>
    public ValueTask<RunningGames> Running() => new(new RunningGames(null, [], []) { IsLive = true });

    public void Learn(GameId id, int version)
    {
        if (_known.TryGetValue(id, out var known) && known.Game.Version < version) _known.Remove(id);
    }

    public void Learn(Game game)
    {
        if (_known.TryGetValue(game.Id, out var known) && known.Game.Version <= game.Version) Remember(game, time.GetTimestamp());
    }

    public async ValueTask<ImmutableArray<(GameId Game, int Version)>> Versions(ImmutableArray<GameId> games)
    {
        var versions = await Ask(() => games.Select(database.Find).OfType<Game>().Select(game => (game.Id, game.Version)).ToImmutableArray());
        foreach (var (game, version) in versions) Learn(game, version);
        return versions;
    }

    public ValueTask<ImmutableArray<Node>> Beating(ImmutableArray<Node> nodes) => new(Ask(() => database.Beating(nodes)));

    /// <summary>What somebody is told who has waited for long.</summary>
    protected virtual AppendResult TooLate => AppendResult.Pending;

    protected void Publish(Game next, ImmutableArray<GameEvent> events)
    {
        if (next.Version <= _published.GetValueOrDefault(next.Id)) return;
        _published[next.Id] = next.Version;
        audience.Publish(next, events);
    }

    /// <summary>What is said to the database; it answers whether it agreed.</summary>
    protected virtual bool Store(Game next, ImmutableArray<GameEvent> events) => database.Append(next, events);

    private async Task<AppendResult> Store(Task before, Game next, ImmutableArray<GameEvent> events)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        for (var isUnknown = false; ;)
        {
            try
            {
                var asked = time.GetTimestamp();
                if (!await wire.Ask(() => Store(next, events) || isUnknown && database.Has(next, events)).WaitAsync(Silence, time))
                {
                    _known.Remove(next.Id);
                    return AppendResult.Conflict;
                }
                Remember(next, asked);
                Publish(next, events);
                return AppendResult.Committed;
            }
            catch (LineException broken) when (!broken.IsSent)
            {
                if (!isUnknown) return AppendResult.Unavailable;
            }
            catch (Exception problem) when (problem is LineException or TimeoutException)
            {
                isUnknown = true;
            }
            await Task.Delay(Pause, time);
        }
    }

    private async Task<T> Ask<T>(Func<T> question)
    {
        try
        {
            return await wire.Ask(question).WaitAsync(Silence, time);
        }
        catch (Exception problem) when (problem is LineException or TimeoutException)
        {
            throw new StoreAwayException(problem);
        }
    }

    private void Remember(Game game, long asked)
    {
        if (!_known.TryGetValue(game.Id, out var known) || known.Game.Version <= game.Version) _known[game.Id] = (game, asked);
        if (game.Outcome is not null) _known.Remove(game.Id);
    }
}

/// <summary>The line to the database broke.</summary>
/// <param name="isSent">Whether something was said before.</param>
internal sealed class LineException(bool isSent) : IOException("The line broke.")
{
    public bool IsSent => isSent;
}
