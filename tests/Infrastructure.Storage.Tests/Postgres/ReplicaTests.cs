using ConnectFour.Application.Ports;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>A database that confirms only what its replicas have too: while they are away nothing is confirmed, though it can be seen.</summary>
public sealed class ReplicaTests : IDisposable
{
    private readonly PostgresServer _server = new();
    private readonly string _database;

    public ReplicaTests()
    {
        _database = _server.ConnectionString(_server.Create());
        Registration.MigratePostgres(_database + ";Pooling=false");
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("1212121")]
    [InlineData("4")]
    public async Task What_no_replica_has_is_not_said_to_be_stored_before_one_has_it(string moves)
    {
        using var open = new OpenPostgresJournal(_database + ";Command Timeout=1");
        var game = await open.Start("g");
        foreach (var column in moves[..^1])
        {
            await open.Drop(game, column - '0');
            game = await open.Find("g");
        }

        await WaitFor("a replica that is away");
        var asked = await open.Drop(game, moves[^1] - '0');
        await Condition.Holds(async () => (await open.Journal.Read(game.Id)).Length > game.Version); // Its own line has been given up by then.
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, TestContext.Current.CancellationToken);
        var heard = open.Events.Games.Count;
        await WaitFor("");
        await Condition.Holds(() => open.Events.Games.Count == heard + 1);

        Assert.Equal(AppendResult.Pending, asked);
        Assert.Equal(game.Version, heard);
        Assert.Equal(moves, (await open.Find("g")).Moves.ToString());
    }

    /// <summary>From now on commits wait for a replica of that name, or for none.</summary>
    private async Task WaitFor(string replica)
    {
        await using var source = NpgsqlDataSource.Create(_database + ";Command Timeout=1;Cancellation Timeout=-1;Pooling=false");
        foreach (var sql in (string[])[$"ALTER SYSTEM SET synchronous_standby_names = '{(replica == "" ? "" : $"\"{replica}\"")}'", "SELECT pg_reload_conf()"])
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await Condition.Holds(async () => await DoesWait(source) == (replica != ""));
    }

    private static async Task<bool> DoesWait(NpgsqlDataSource source)
    {
        try
        {
            await using var commit = source.CreateCommand("SELECT pg_logical_emit_message(true, '', '')");
            await commit.ExecuteNonQueryAsync();
            return false;
        }
        catch (NpgsqlException problem) when (problem.InnerException is TimeoutException)
        {
            return true;
        }
    }
}
