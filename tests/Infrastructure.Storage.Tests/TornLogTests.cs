using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>A power cut may tear the log anywhere after what was acknowledged. Whatever was acknowledged stays; nothing is there by halves.</summary>
public sealed class TornLogTests : IDisposable
{
    private const string Play = "44353512121"; // Ends with a line in column 1.

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Wherever_the_log_ends_everything_acknowledged_before_is_there_and_nothing_else()
    {
        var (database, log, acknowledged) = await Record();
        var random = new Random(1);
        var cuts = acknowledged.SelectMany(step => (long[])[step.Length - 1, step.Length, step.Length + 1, step.Length + 24, step.Length + 24 + 4_096])
            .Concat(Enumerable.Range(0, 50).Select(_ => random.NextInt64(log.Length)))
            .Concat([0, 1, 32])
            .Where(cut => cut >= 0 && cut <= log.Length);

        foreach (var cut in cuts) await AssertPrefix(database, log[..(int)cut], LastBefore(acknowledged, cut));
    }

    [Fact]
    public async Task Noise_where_the_log_was_torn_is_not_taken_for_something()
    {
        var (database, log, acknowledged) = await Record();
        var random = new Random(2);

        for (var i = 0; i < 50; i++)
        {
            var cut = random.Next(log.Length);
            var torn = log.ToArray();
            random.NextBytes(torn.AsSpan(cut));
            await AssertPrefix(database, torn, LastBefore(acknowledged, cut));
        }
    }

    [Fact]
    public async Task An_answer_is_given_only_when_a_copy_of_the_files_has_what_it_is_about()
    {
        using var open = new OpenJournal(_folder.Path);
        var game = Start(out var started);
        await open.Journal.Start(started, Chronicle.People[0], Chronicle.People[1]);

        foreach (var column in Notation.From(Play).Columns)
        {
            game = await Append(open.Journal, game, column);
            using var copy = new TemporaryFolder();
            foreach (var ending in (string[])["", "-wal"])
                File.Copy(DataDirectory.DatabaseIn(_folder.Path) + ending, DataDirectory.DatabaseIn(copy.Path) + ending);

            using var other = new OpenJournal(copy.Path);
            Assert.Equal(game, await other.Journal.Find(game.Id));
        }
    }

    /// <summary>A whole game, acknowledged step by step, with the length that the log had at each.</summary>
    private async Task<(byte[] Database, byte[] Log, ImmutableArray<(long Length, Game? Game)> Acknowledged)> Record()
    {
        using var open = new OpenJournal(_folder.Path);
        Sql.Run(_folder.Path, "PRAGMA wal_checkpoint(TRUNCATE)");
        var (file, log) = (DataDirectory.DatabaseIn(_folder.Path), $"{DataDirectory.DatabaseIn(_folder.Path)}-wal");
        var database = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var acknowledged = ImmutableArray.CreateBuilder<(long, Game?)>();
        acknowledged.Add((0, null));

        var game = Start(out var started);
        await open.Journal.Start(started, Chronicle.People[0], Chronicle.People[1]);
        acknowledged.Add((new FileInfo(log).Length, game));
        foreach (var column in Notation.From(Play).Columns)
        {
            game = await Append(open.Journal, game, column);
            acknowledged.Add((new FileInfo(log).Length, game));
        }
        return (database, await File.ReadAllBytesAsync(log, TestContext.Current.CancellationToken), acknowledged.ToImmutable());
    }

    private static Game? LastBefore(ImmutableArray<(long Length, Game? Game)> acknowledged, long cut) => acknowledged.Last(step => step.Length <= cut).Game;

    private static async Task AssertPrefix(byte[] database, byte[] log, Game? expected)
    {
        using var torn = new TemporaryFolder();
        await File.WriteAllBytesAsync(DataDirectory.DatabaseIn(torn.Path), database, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync($"{DataDirectory.DatabaseIn(torn.Path)}-wal", log, TestContext.Current.CancellationToken);

        using var open = new OpenJournal(torn.Path);

        Assert.Equal(expected, await open.Journal.Find(new GameId("g")));
        Assert.Equal(expected is { Outcome: null } ? [expected] : [], (await open.Journal.Running()).Games.AsEnumerable());
        Assert.Empty(Soundness.Check(torn.Path));
    }

    private static Game Start(out GameEvent.Started started)
    {
        started = new GameEvent.Started(
            new GameId("g"), new Seat(Chronicle.People[0].Name, DiscColour.Red), new Seat(Chronicle.People[1].Name, DiscColour.Yellow), TimeControl.From(60, 1), OpenJournal.Start);
        return Game.Start(started);
    }

    private static async Task<Game> Append(SqliteJournal journal, Game game, Column column)
    {
        var drop = (Decision<Game, GameEvent>.Accepted)game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, column, OpenJournal.Start.AddSeconds(game.Version));
        Assert.Equal(AppendResult.Committed, await journal.Append(drop.Next, drop.Events));
        return drop.Next;
    }
}
