using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>What is no database of ours, or not whole, or too new: the start is refused with one line, and the files stay as they are.</summary>
public sealed class DamageTests : IDisposable
{
    private const int PageSize = 4_096;

    private readonly TemporaryFolder _folder = new();

    private string File => DataDirectory.DatabaseIn(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4_096)]
    [InlineData(100_000)]
    public void A_file_of_random_bytes_is_refused(int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        System.IO.File.WriteAllBytes(File, noise);

        AssertRefused("damaged");
    }

    [Fact]
    public async Task A_file_that_was_cut_off_is_refused()
    {
        await Fill();
        var whole = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);

        foreach (var length in (int[])[whole.Length - 1, whole.Length - PageSize, whole.Length / 2, PageSize + 1, PageSize, 512, 99])
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length], TestContext.Current.CancellationToken);
            AssertRefused("damaged");
        }
    }

    [Fact]
    public async Task Whatever_is_damaged_a_check_says_so_and_does_not_fail()
    {
        await Fill();
        var whole = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        var random = new Random(2);

        for (var at = PageSize; at < whole.Length; at += PageSize)
        {
            var damaged = whole.ToArray();
            random.NextBytes(damaged.AsSpan(at + 500, 2_500));
            await System.IO.File.WriteAllBytesAsync(File, damaged, TestContext.Current.CancellationToken);
            try
            {
                using var maintenance = Maintenance.Open(_folder.Path);
                _ = maintenance.Check();
                _ = maintenance.Count();
            }
            catch (StorageException)
            {
                // The damage is where it is not even known whether the database is ours.
            }
        }
    }

    [Fact]
    public async Task A_file_of_which_any_page_was_overwritten_is_refused()
    {
        await Fill();
        var whole = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        var random = new Random(1);

        for (var at = 0; at < whole.Length; at += PageSize)
        {
            var damaged = whole.ToArray();
            random.NextBytes(damaged.AsSpan(at, PageSize));
            await System.IO.File.WriteAllBytesAsync(File, damaged, TestContext.Current.CancellationToken);
            AssertRefused("damaged");
        }
    }

    [Fact]
    public async Task A_header_of_zeros_is_refused()
    {
        await Fill();
        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        bytes.AsSpan(0, 100).Clear();
        await System.IO.File.WriteAllBytesAsync(File, bytes, TestContext.Current.CancellationToken);

        AssertRefused("damaged");
    }

    [Fact]
    public async Task The_header_of_another_database_is_refused()
    {
        await Fill();
        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        using (var other = new TemporaryFolder())
        {
            Sql.Run(other.Path, "CREATE TABLE notes (text)");
            (await System.IO.File.ReadAllBytesAsync(DataDirectory.DatabaseIn(other.Path), TestContext.Current.CancellationToken)).AsSpan(0, 100).CopyTo(bytes);
        }
        await System.IO.File.WriteAllBytesAsync(File, bytes, TestContext.Current.CancellationToken);

        AssertRefused("connect-four.db");
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRAGMA journal_mode = WAL")]
    public void A_database_of_another_program_is_refused(string pragma)
    {
        Sql.Run(_folder.Path, $"{pragma}; CREATE TABLE notes (text); INSERT INTO notes VALUES ('milk')");

        AssertRefused("another program");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await Fill();
        Sql.Run(_folder.Path, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0.0')""");

        AssertRefused("newer");
    }

    [Fact]
    public async Task What_a_process_that_was_killed_left_in_the_log_stays_there_too()
    {
        using var killed = new TemporaryFolder();
        using (var open = new OpenJournal(killed.Path))
        {
            await Chronicle.Play(open.Journal, 1, "4435");
            Sql.Run(killed.Path, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0.0')""");
            foreach (var ending in (string[])["", "-wal"]) System.IO.File.Copy(DataDirectory.DatabaseIn(killed.Path) + ending, File + ending);
        }

        AssertRefused("newer");
    }

    [Fact]
    public async Task A_log_whose_database_is_gone_is_no_new_beginning()
    {
        using var killed = new TemporaryFolder();
        using (var open = new OpenJournal(killed.Path))
        {
            await Chronicle.Play(open.Journal, 1, "4435");
            System.IO.File.Copy(DataDirectory.DatabaseIn(killed.Path) + "-wal", File + "-wal");
        }
        using (System.IO.File.Create(File)) { }

        AssertRefused("damaged");
    }

    [Fact]
    public async Task A_migration_that_was_interrupted_does_not_hold_up_the_next_start()
    {
        using (var connection = Sql.Open(_folder.Path))
        {
            SqliteDatabase.Execute(connection, """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            SqliteDatabase.Execute(connection, """INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00')""");
            SqliteDatabase.Execute(connection, $"PRAGMA application_id = {0x43344A31}");
        }

        using var open = await Task.Run(() => new OpenJournal(_folder.Path), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var game = await Chronicle.Play(open.Journal, 1, "44");

        Assert.Equal(game, await open.Journal.Find(game.Id));
    }

    /// <summary>A database with many games, all of it in its own file.</summary>
    private async Task Fill()
    {
        using var open = new OpenJournal(_folder.Path);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(seed => Chronicle.Play(open.Journal, seed, Draws.From(seed % 10).ToString()[..20])));
    }

    private void AssertRefused(string why)
    {
        var before = Contents();

        var refused = Assert.Throws<StorageException>(() => new OpenJournal(_folder.Path));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains(File, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, Contents());
        Assert.False(System.IO.File.Exists(File + "-journal"));
    }

    /// <summary>The digests of what is stored; an empty log is as good as none.</summary>
    private IEnumerable<(string, string)> Contents()
    {
        SqliteConnection.ClearAllPools();
        return [.. Directory.GetFiles(_folder.Path, "connect-four.db*")
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && new FileInfo(file) is { Exists: true, Length: > 0 })
            .Select(file => (file, Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(file)))))
            .Order()];
    }
}
