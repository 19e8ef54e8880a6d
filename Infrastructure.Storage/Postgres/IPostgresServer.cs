using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>
/// All that the journal asks of PostgreSQL; each question is one transaction. What cannot be read ends with a <see cref="StoreAwayException"/>, what is not confirmed with a <see cref="NotStoredException"/>.
/// </summary>
internal interface IPostgresServer
{
    /// <summary>For people; without the password.</summary>
    string Place { get; }

    /// <summary>The game of that id, or null; one that was set aside is no game.</summary>
    Task<StoredGame?> Find(GameId id);

    /// <summary>All running games, oldest first.</summary>
    Task<IReadOnlyList<StoredGame>> Running();

    /// <summary>Those of the players of running games who are wanted, by the numbers of their rows.</summary>
    Task<IReadOnlyList<(long Number, User User)>> Players(Func<long, bool> isWanted);

    /// <summary>At which versions these games are; unknown ones are left out.</summary>
    Task<ImmutableArray<(GameId Game, int Version)>> Versions(ImmutableArray<GameId> games);

    /// <summary>Running games in which a clock has reached zero, the longest due first.</summary>
    Task<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now, int most);

    /// <summary>Which of these servers have said within that time that they are there.</summary>
    Task<IReadOnlySet<Guid>> Beating(IReadOnlyCollection<Guid> servers, TimeSpan within);

    /// <summary>Begins a game; now, if it has waited for longer than an outage takes. Null if there is one of that id.</summary>
    /// <param name="end">Once it is cancelled, nothing is sent any more.</param>
    Task<RunningGame?> Start(Step step, CancellationToken end);

    /// <summary>Appends to a game; with its end, its result, both records and ratings too.</summary>
    /// <returns>
    /// How much time that has cost whoever is to move next, because the step has waited for longer than an outage takes, usually none; the flag is not due before as much has passed again, so that it can be
    /// given back. Null if the game is not at the version of <paramref name="known"/> any more; or if a flag that fell has waited as long, since nobody could move meanwhile.
    /// </returns>
    /// <param name="end">Once it is cancelled, nothing is sent any more.</param>
    Task<TimeSpan?> Append(RunningGame known, Step step, CancellationToken end);

    /// <summary>Makes sure that all that can be seen is kept as it is promised.</summary>
    /// <param name="end">Once it is cancelled, nothing is sent any more.</param>
    Task Settle(CancellationToken end);

    /// <summary>A line of one's own, for whoever must not wait behind the others.</summary>
    IBeatLine Line();
}

/// <summary>
/// Where a server says that it is there. When it is gone, frozen or cut off, the lock that the line holds is soon free. Whatever fails may have been done all the same, and does no harm when it is done again.
/// </summary>
internal interface IBeatLine : IDisposable
{
    /// <summary>Says that the server is there, unless none has said so for a while.</summary>
    /// <param name="until">Until when it does so whoever was away.</param>
    /// <param name="outage">After so long without a beat of anybody, nobody was there.</param>
    Task<Pulse> Beat(Guid server, DateTimeOffset until, TimeSpan outage, CancellationToken end);

    /// <summary>Takes the lock of whoever gives the clocks their time back, and holds it as long as there is the line. False if somebody else does.</summary>
    Task<bool> TryLock(CancellationToken end);

    /// <summary>Clears away what is known of servers that were there so long before the last one.</summary>
    Task Clear(TimeSpan gone, CancellationToken end);
}

/// <param name="Now">By the database's clock.</param>
/// <param name="Newest">The newest beat of any server before this one, or null.</param>
/// <param name="IsTaken">Whether it counts.</param>
internal readonly record struct Pulse(DateTimeOffset Now, DateTimeOffset? Newest, bool IsTaken);
