using System.Runtime.Versioning;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>One process holds the data, and only its owner can read it.</summary>
public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_server_on_the_same_directory_is_refused_with_one_line_that_names_it()
    {
        using var first = DataDirectory.Hold(Data);

        var refused = Assert.Throws<StorageException>(() => DataDirectory.Hold(Data));

        Assert.Contains(Data, refused.Message, StringComparison.Ordinal);
        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_server_that_is_refused_touches_nothing()
    {
        Directory.CreateDirectory(Data);
        using var held = new FileStream(Path.Combine(Data, "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        Assert.Throws<StorageException>(() => DataDirectory.Hold(Data));

        Assert.Equal("lock", Path.GetFileName(Assert.Single(Directory.GetFiles(Data))));
    }

    [Fact]
    public void Once_the_first_server_has_gone_the_next_one_may_have_it()
    {
        DataDirectory.Hold(Data).Dispose();

        using var second = DataDirectory.Hold(Data);

        Assert.Equal(Data, second.Path);
    }

    [Fact]
    public async Task A_server_that_was_refused_leaves_the_first_one_undisturbed()
    {
        using var first = new OpenJournal(Data);
        Assert.Throws<StorageException>(() => new OpenJournal(Data));

        var game = await Chronicle.Play(first.Journal, 1, "44");

        Assert.Equal(game, await first.Journal.Find(game.Id));
        Assert.Throws<StorageException>(() => DataDirectory.Hold(Data));
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_said_in_one_line()
    {
        File.WriteAllText(Data, "a file");

        var refused = Assert.Throws<StorageException>(() => DataDirectory.Hold(Data));

        Assert.Contains(Data, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_read_what_is_kept()
    {
        using var open = new OpenJournal(Data);
        await Chronicle.Play(open.Journal, 1, "44");

        var files = Directory.GetFiles(Data);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        Assert.Equal(["alive", "connect-four.db", "connect-four.db-shm", "connect-four.db-wal", "lock"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Whatever_is_committed_through_any_of_our_connections_is_on_the_disk()
    {
        using var open = new OpenJournal(Data);
        using var context = open.Database.Context();
        using var writers = open.Database.Connect();
        context.Database.OpenConnection();

        foreach (var connection in (System.Data.Common.DbConnection[])[writers, context.Database.GetDbConnection()])
        {
            Assert.Equal(2, SqliteDatabase.Scalar<long>(connection, "PRAGMA synchronous"));
            Assert.Equal("wal", SqliteDatabase.Scalar<string>(connection, "PRAGMA journal_mode"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("\xff\xff\xff\xff\xff\xff\xff\xff")]
    public void A_sign_of_life_that_is_none_means_that_nothing_is_known(string content)
    {
        using (DataDirectory.Hold(Data)) { }
        File.WriteAllBytes(Path.Combine(Data, "alive"), System.Text.Encoding.Latin1.GetBytes(content));

        using var held = DataDirectory.Hold(Data);

        Assert.Null(held.Left);
    }
}
