using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Postgres;
using ConnectFour.Simulation.Tests.Clockwork;

namespace ConnectFour.Simulation.Tests.Journal;

/// <summary>One node's way to the database. As from a pool, each question goes on a line of its own, so that one may overtake the other.</summary>
internal sealed class DatabaseLine(SimulatedDatabase database, Scheduler scheduler, Life nature, Life life, Weather weather, TimeProvider time) : IPostgresServer
{
    /// <summary>A line that says nothing for longer is taken for dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    public string Place => "the simulation";

    /// <summary>Whether nobody is at this end any more.</summary>
    public bool IsGone => life.IsOver;

    public Task<StoredGame?> Find(GameId id) => Read(() => database.Stored(id));

    public Task<IReadOnlyList<StoredGame>> Running() => Read(database.Running);

    public Task<IReadOnlyList<(long Number, User User)>> Players(Func<long, bool> isWanted) => Read(() => database.Players(isWanted));

    public Task<ImmutableArray<(GameId Game, int Version)>> Versions(ImmutableArray<GameId> games) => Read(() => database.Versions(games));

    public Task<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now, int most) => Read(() => database.FlagsDue(now, most));

    public Task<IReadOnlySet<Guid>> Beating(IReadOnlyCollection<Guid> servers, TimeSpan within) => Read(() => database.Beating(servers, within));

    public Task<RunningGame?> Start(Step step, CancellationToken end) => Write(() => database.Start(step));

    public Task<TimeSpan?> Append(RunningGame known, Step step, CancellationToken end) => Write(() => database.Append(known, step));

    public Task Settle(CancellationToken end) => Write(() => true);

    public IBeatLine Line() => new BeatLine(this, database);

    private async Task<T> Read<T>(Func<T> question)
    {
        try
        {
            return await Ask(question);
        }
        catch (LineException broken)
        {
            throw new StoreAwayException(broken);
        }
    }

    private async Task<T> Write<T>(Func<T> question)
    {
        try
        {
            return await Ask(() => Alone(question));
        }
        catch (LineException broken)
        {
            throw new NotStoredException(broken.IsSent ? Fate.Unknown : Fate.NotSent, broken);
        }
    }

    /// <exception cref="LineException">It is not answered.</exception>
    public async Task<T> Ask<T>(Func<T> question)
    {
        try
        {
            return await new Wire(scheduler, nature, life, weather, () => database.IsUp, Break).Ask(question).WaitAsync(Silence, time);
        }
        catch (TimeoutException)
        {
            throw new LineException(isSent: true);
        }
    }

    /// <summary>How long a lock may last whose line will break.</summary>
    public void BreakOnce(Action end)
    {
        if (weather.LosesAnswer(scheduler)) scheduler.After(scheduler.Between(TimeSpan.Zero, Silence), nature, end);
    }

    /// <summary>That a line in the pool leads nowhere any more is found out when something is said on it.</summary>
    private LineException Break(bool isSent) => new(isSent || scheduler.Chance(0.5));

    private T Alone<T>(Func<T> question) => weather.Loses(scheduler) ? throw new NotStoredException(Fate.InTheWay, new IOException("There was somebody else's transaction.")) : question();
}

/// <summary>The line to the database broke.</summary>
/// <param name="isSent">Whether something was said before.</param>
internal sealed class LineException(bool isSent) : IOException("The line broke.")
{
    public bool IsSent => isSent;
}
