using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ConnectFour.Application;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SQLitePCL;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>What a move costs, counted: a move that costs more is slower on every machine, and no clock is needed to see it.</summary>
public sealed class CostTests : IDisposable
{
    private const int Count = 50;

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new(OpenJournal.Start);
    private readonly List<string> _statements = [];

    public void Dispose()
    {
        _meters.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_group_of_moves_is_one_transaction_with_one_statement_each()
    {
        using var database = SqliteDatabase.Open(Path.Combine(_folder.Path, "cost.db"));
        using var serverTime = new ServerTime(_time);
        var connection = database.Connect();
        raw.sqlite3_trace(connection.Handle, (_, statement) => _statements.Add(statement), null);
        using var writer = new JournalWriter(
            new JournalTables(connection), new ConcurrentDictionary<GameId, RunningGame>(), new RecordedEvents(), serverTime, new JournalMetrics(_meters.GetRequiredService<IMeterFactory>()), _time, new RecordedLog<SqliteJournal>());
        var games = Enumerable.Range(0, Count).Select(number => new GameEvent.Started(
            new GameId($"game {number}"), new Seat(Chronicle.People[0].Name, DiscColour.Red), new Seat(Chronicle.People[1].Name, DiscColour.Yellow), new Terms(null, Balance.None), OpenJournal.Start, Stakes.Casual)).ToArray();
        Assert.True(writer.Write([.. games.Select(started => new Append(Game.Start(started), [started], (Chronicle.People[0], Chronicle.People[1])))]));

        _statements.Clear();
        Assert.True(writer.Write([.. games.Select(started => Moved(Game.Start(started)))]));

        Assert.Equal(["BEGIN IMMEDIATE", .. Enumerable.Repeat("INSERT INTO events", Count), "COMMIT"], _statements.Select(statement => statement.Split(" (")[0].Trim()));
    }

    private Append Moved(Game game)
    {
        var drop = (Decision<Game, GameEvent>.Accepted)game.Play(game.First.Name, 0, Column.From(4), _time.GetUtcNow());
        return new Append(drop.Next, drop.Events, null);
    }
}
