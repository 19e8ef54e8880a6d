using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Infrastructure.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>
/// What moves between two nodes cost Redis and PostgreSQL, as these count it themselves: <c>docs/scaling.md</c> builds on it. No time passes but what a test lets pass, so that little else happens.
/// </summary>
[Collection("One at a time")]
public sealed class CostTests(SharedRedis redis) : IAsyncLifetime
{
    private const int Few = 100, Many = 1_000;

    /// <summary>The columns of the moves that are counted: one on each node, between a game's first and its last.</summary>
    private static readonly int[] Columns = [2, 3];

    /// <summary>All of them together are shorter than from one look into the journal for what was missed to the next.</summary>
    private static readonly TimeSpan Thought = TimeSpan.FromSeconds(1.1);

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly PostgresServer _postgres = PostgresServer.With(PostgresStatements.Setting);
    private readonly RedisNode[] _nodes = new RedisNode[2];
    private string _database = "";
    private int _online;

    public async ValueTask InitializeAsync()
    {
        await redis.Server.Ask("FLUSHALL");
        await (await RedisNode.Start(redis.Server.ConnectionString)).DisposeAsync(); // There is a lobby: for as long as there is none, nodes wait, and no time passes for these.
        await redis.Server.Ask("DEL {lobby}:nodes");
        _database = _postgres.ConnectionString(_postgres.Create());
        await PostgresStatements.Enable(_database);
        Storage.Registration.MigratePostgres(_database);
        for (var node = 0; node < _nodes.Length; node++)
        {
            _nodes[node] = await RedisNode.Start(redis.Server.ConnectionString, replace: services => services.AddSingleton<TimeProvider>(_time).AddPostgresStorage(_database, new StorageSettings()));
            var running = _nodes[node].Get<IGameJournal>().Running().AsTask();
            while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(0.2), TimeProvider.System)) != running) _time.Advance(TimeSpan.FromSeconds(1)); // A beat that failed is tried again after a second.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        _postgres.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_move_costs_one_message_on_Redis_and_one_statement_on_PostgreSQL_however_many_are_online_and_however_long_one_thinks(bool playersThink)
    {
        await Come(Few);
        var withFew = await CostOfMoves("Ann", "Bob", playersThink);
        await Come(Many);
        var withMany = await CostOfMoves("Cy", "Dan", playersThink);

        foreach (var (commands, statements) in (Cost[])[withFew, withMany])
        {
            Assert.All(commands, command => Assert.StartsWith("\"PUBLISH\" \"{games}:events\"", command, StringComparison.Ordinal));
            Assert.Equal(Columns.Length, commands.Length);
            Assert.Equal(Columns.Length, statements.Values.Sum());
        }
        Assert.Equal(withFew.Statements, withMany.Statements);
    }

    /// <summary>So many people are there, half of them on each node.</summary>
    private async Task Come(int online)
    {
        for (; _online < online; _online++) Assert.IsType<Reply.Welcome>((await _nodes[_online % 2].Connect($"Guest{_online}")).Reply);
    }

    private async Task<Cost> CostOfMoves(string ann, string bob, bool playersThink)
    {
        await _nodes[0].Connect(ann);
        await _nodes[1].Connect(bob);
        var game = await Cluster.Play(_nodes[0], ann, _nodes[1], bob);
        await Move(game, 0, 1, ann);
        await Move(game, 1, 1, bob); // The other node has heard of the game.

        await using var monitor = await RedisMonitor.Begin(redis.Server);
        var statements = new Dictionary<string, long>();
        foreach (var (index, column) in Columns.Index())
        {
            if (playersThink) _time.Advance(Thought);
            var before = await Quiet();
            await Move(game, index + 2, column, index % 2 == 0 ? ann : bob);
            foreach (var (statement, calls) in (await PostgresStatements.Counted(_database)).Since(before).Where(statement => !IsHeartbeat(statement.Key))) statements[statement] = statements.GetValueOrDefault(statement) + calls;
        }
        return new Cost([.. (await monitor.Take()).Where(command => !IsHeartbeat(command))], statements);
    }

    /// <summary>What was counted when nothing more is: the nodes' clocks stand still, so the next beat may find by the database's that nobody was there for a while, and look after all games.</summary>
    private async Task<Dictionary<string, long>> Quiet()
    {
        var counted = await PostgresStatements.Counted(_database);
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System);
            var later = await PostgresStatements.Counted(_database);
            if (later.Since(counted).Count == 0) return later;
            counted = later;
        }
    }

    /// <summary>Moves, and waits until both nodes have heard of it.</summary>
    private async Task Move(GameId game, int ply, int column, string by)
    {
        Assert.IsType<Reply.Moved>(await _nodes[ply % 2].Send(new MoveCommand(UserName.From(by), game.Value, ply, column)));
        foreach (var node in _nodes) await Condition.Holds(() => node.HeardOf(game).Any(step => step.Version == ply + 2));
    }

    /// <summary>What each node says now and then, whatever its people do.</summary>
    private static bool IsHeartbeat(string what) => what.Contains("{lobby}:nodes", StringComparison.Ordinal) || what.Contains("{games}:watchers", StringComparison.Ordinal) || what.Contains(" nodes ", StringComparison.Ordinal);

    private sealed record Cost(string[] Commands, Dictionary<string, long> Statements);
}
