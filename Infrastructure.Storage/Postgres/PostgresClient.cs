using System.Collections.Immutable;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>Asks PostgreSQL on lines from the pool.</summary>
internal sealed class PostgresClient(PostgresDatabase database) : IPostgresServer
{
    public string Place => database.Place;

    public Task<StoredGame?> Find(GameId id) => Read(connection => PostgresGames.Find(connection, id));

    public Task<IReadOnlyList<StoredGame>> Running() => Read(PostgresGames.Running);

    public Task<IReadOnlyList<(long Number, User User)>> Players(Func<long, bool> isWanted) => Read(connection => Profiles.Playing(connection, isWanted));

    public Task<ImmutableArray<(GameId Game, int Version)>> Versions(ImmutableArray<GameId> games) => Read(connection => PostgresGames.Versions(connection, games));

    public Task<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now, int most) => Read(connection => PostgresGames.FlagsDue(connection, now, most));

    public Task<IReadOnlySet<Guid>> Beating(IReadOnlyCollection<Guid> servers, TimeSpan within) => Read(connection => PostgresBeats.Beating(connection, servers, within));

    public Task<RunningGame?> Start(Step step, CancellationToken end) => Write(connection => PostgresTables.Start(connection, step), end);

    public Task<TimeSpan?> Append(RunningGame known, Step step, CancellationToken end) => Write(connection => PostgresTables.Append(connection, known, step), end);

    public Task Settle(CancellationToken end) => Write(
        async connection =>
        {
            await PostgresTables.Settle(connection);
            return true;
        },
        end);

    public IBeatLine Line() => new PostgresBeats(database.Line());

    private Task<T> Read<T>(Func<NpgsqlConnection, Task<T>> read) => database.Read(read).AsTask();

    private async Task<T> Write<T>(Func<NpgsqlConnection, Task<T>> write, CancellationToken end)
    {
        await using var connection = await Connect(end);
        try
        {
            return await write(connection);
        }
        catch (Exception problem) when (Retry.FateAfter(problem) is { } fate)
        {
            throw new NotStoredException(fate, problem);
        }
    }

    private async Task<NpgsqlConnection> Connect(CancellationToken end)
    {
        try
        {
            end.ThrowIfCancellationRequested(); // A line that waits in the pool would be had all the same.
            return await database.Connect(end);
        }
        catch (Exception problem) when (Retry.FateAfter(problem) is not null)
        {
            throw new NotStoredException(Fate.NotSent, problem);
        }
    }
}
