using System.Runtime.Versioning;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>After a failure of which nobody knows what it left on the disk, nobody is told anything any more, and the process is told to end.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(nameof(BrokenLog))]
public sealed class FailedDiskTests : IDisposable
{
    private const int JournalFailed = 3004;

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedEvents _audience = new();
    private readonly OpenJournal _open;

    public FailedDiskTests() => _open = new OpenJournal(_folder.Path, _audience);

    public void Dispose()
    {
        _open.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whoever_waits_when_the_disk_fails_learns_nothing_and_what_comes_later_is_not_stored()
    {
        var game = await Chronicle.Play(_open.Journal, 1, "44");
        var drop = Drop(game, 4);
        var published = _audience.Games.Count;
        using var broken = BrokenLog.ReadOnly(_folder.Path);

        var waiting = _open.Journal.Append(drop.Next, drop.Events).AsTask();
        await AssertFails();
        var answeredAtOnce = waiting.IsCompleted;
        _open.Time.Advance(new StorageSettings().Patience);

        Assert.False(answeredAtOnce);
        Assert.Equal(AppendResult.Pending, await waiting);
        Assert.Equal(published, _audience.Games.Count);
        Assert.Equal(AppendResult.Unavailable, await _open.Journal.Append(drop.Next, drop.Events));
        Assert.Equal(AppendResult.Unavailable, await _open.Journal.Append(Drop(game, 5).Next, Drop(game, 5).Events));
        Assert.Empty(await _open.Journal.FlagsDue(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task It_does_not_go_on_when_the_disk_seems_to_be_well_again()
    {
        var game = await Chronicle.Play(_open.Journal, 1, "44");
        var drop = Drop(game, 4);
        using (BrokenLog.ReadOnly(_folder.Path))
        {
            _ = _open.Journal.Append(drop.Next, drop.Events).AsTask();
            await AssertFails();
        }

        var later = await _open.Journal.Append(drop.Next, drop.Events);
        _open.Dispose();

        Assert.Equal(AppendResult.Unavailable, later);
        using var next = new OpenJournal(_folder.Path);
        Assert.Equal(game, await next.Journal.Find(game.Id));
        Assert.Equal(AppendResult.Committed, await next.Journal.Append(drop.Next, drop.Events));
    }

    [Fact]
    public async Task A_database_that_is_spoiled_while_it_is_open_is_such_a_failure()
    {
        var game = await Chronicle.Play(_open.Journal, 1, "44");
        var drop = Drop(game, 4);
        Sql.Run(_folder.Path, "DROP TABLE events");

        var waiting = _open.Journal.Append(drop.Next, drop.Events).AsTask();
        await AssertFails();

        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Pages_that_turn_to_noise_while_it_is_open_are_such_a_failure()
    {
        var game = await Chronicle.Play(_open.Journal, 1, "44");
        var drop = Drop(game, 4);
        Sql.Run(_folder.Path, "PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var file = new FileStream(DataDirectory.DatabaseIn(_folder.Path), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            var noise = new byte[file.Length - 4_096];
            new Random(1).NextBytes(noise);
            file.Position = 4_096;
            await file.WriteAsync(noise, TestContext.Current.CancellationToken);
        }
        Sql.Run(_folder.Path, "PRAGMA user_version = 1"); // Whoever has pages in memory has to read them again.

        var waiting = _open.Journal.Append(drop.Next, drop.Events).AsTask();
        await AssertFails();

        Assert.False(waiting.IsCompleted);
    }

    private async Task AssertFails()
    {
        await _open.Journal.Failed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(new StorageHealth(_open.Journal).IsAvailable);
        Assert.True(new StorageHealth(_open.Journal).Failed.IsCompleted);
        Assert.Single(_open.Log.Lines, line => line.Number == JournalFailed);
    }

    private static Decision<Game, GameEvent>.Accepted Drop(Game game, int column) =>
        Assert.IsType<Decision<Game, GameEvent>.Accepted>(game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(column), OpenJournal.Start.AddSeconds(3)));
}
