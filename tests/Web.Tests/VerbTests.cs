using System.Net;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ConnectFour.Web.Tests;

/// <summary>What the program does besides serving.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task A_backup_of_a_running_server_restores_its_games_records_and_logins()
    {
        var copy = Path.Combine(_elsewhere.Path, "copy.db");
        string exported;
        await using (var server = await RunningServer.Start("--ConnectFour:DataDirectory", _folder.Path))
        {
            using var ann = new Visitor(server);
            await ann.Register("Ann");
            await Play(server, "Bob", "Cy", "1212121");
            await Play(server, "Dan", "Eve", "4435");

            Assert.Equal(0, Run(["backup", copy], _folder.Path).Code);
            exported = Run(["export"], _folder.Path).Said;
            await Play(server, "Fay", "Gus", "7");
        }

        Directory.CreateDirectory(Path.Combine(_elsewhere.Path, "data"));
        File.Move(copy, DataDirectory.DatabaseIn(Path.Combine(_elsewhere.Path, "data")));
        await using var restored = await RunningServer.Start("--ConnectFour:DataDirectory", Path.Combine(_elsewhere.Path, "data"));

        using var back = new Visitor(restored);
        Assert.Equal(HttpStatusCode.OK, (await back.LogIn("Ann")).StatusCode);
        Assert.Equal(exported, Run(["export"], Path.Combine(_elsewhere.Path, "data")).Said);
        Assert.Contains("1 2 1 2 1 2 1\n", exported, StringComparison.Ordinal);
        Assert.Contains("4 4 3 5\n", exported, StringComparison.Ordinal);
        Assert.Equal((0, "1 finished games, 1 running, 0 set aside: all is well.\n"), Run(["check"], Path.Combine(_elsewhere.Path, "data")));
    }

    [Fact]
    public async Task All_games_are_exported_as_records_that_can_be_read_again()
    {
        await using (var server = await RunningServer.Start("--ConnectFour:DataDirectory", _folder.Path))
            for (var i = 0; i < 5; i++) await Play(server, $"Ann{i}", $"Bob{i}", "1212121"[..(7 - i)]);
        var file = Path.Combine(_elsewhere.Path, "games.txt");

        var (code, _) = Run(["export", file], _folder.Path);

        var records = (await File.ReadAllTextAsync(file)).Split("\n\n[").Select((text, i) => i == 0 ? text : "[" + text).ToArray();
        Assert.Equal(0, code);
        Assert.Equal(5, records.Length);
        Assert.All(records, record => Assert.True(GameRecord.TryParse(record, out _, out var problem), problem));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("UPDATE users SET wins = wins + 1 WHERE name = 'Ann'", "Ann: the record says 1-1-0, and the games say 0-1-0")]
    [InlineData("UPDATE games SET winner = 1", "the result says (1, 1, 7), and the events say (0, 1, 7)")]
    [InlineData("UPDATE events SET value = 9 WHERE version = 3", "There is no event of kind 0 and value 9")]
    [InlineData("DELETE FROM events WHERE version = 4", "game ")]
    public async Task A_check_finds_what_is_not_as_it_should_be(string tampering, string found)
    {
        await using (var server = await RunningServer.Start("--ConnectFour:DataDirectory", _folder.Path)) await Play(server, "Ann", "Bob", "1212121");
        Tamper(tampering);

        var (code, said) = Run(["check"], _folder.Path);

        Assert.Equal(1, code);
        Assert.Contains(found, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("backup")]
    [InlineData("check", "everything")]
    public void What_is_no_verb_is_refused_with_a_hint(params string[] words) =>
        Assert.Contains("'help'", Assert.Throws<SettingsException>(() => Run(words, _folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_a_database_there_is_nothing_to_check_to_copy_or_to_export()
    {
        foreach (var words in (string[][])[["check"], ["backup", Path.Combine(_elsewhere.Path, "x")], ["export"]])
            Assert.Contains("There is no database", Assert.Throws<StorageException>(() => Run(words, _folder.Path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_backup_overwrites_nothing()
    {
        await using (await RunningServer.Start("--ConnectFour:DataDirectory", _folder.Path)) { }
        var file = Path.Combine(_elsewhere.Path, "letter.txt");
        await File.WriteAllTextAsync(file, "Dear Bob");

        Assert.Throws<IOException>(() => Run(["backup", file], _folder.Path));

        Assert.Equal("Dear Bob", await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_names_every_verb(string word)
    {
        using var said = new StringWriter();

        var code = Verbs.Run([word], said);

        Assert.Equal(0, code);
        Assert.All(["check", "backup", "export"], verb => Assert.Contains($"\n  {verb}", said.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_alone_are_no_verb() => Assert.Null(Verbs.Run(["--urls", "http://localhost:9000", "--ConnectFour:Lobby:Grace=00:01:00"], TextWriter.Null));

    /// <summary>The challenged starts; columns in turn.</summary>
    private static async Task Play(RunningServer server, string challenger, string challenged, string columns)
    {
        using var first = new Bot(challenged);
        using var second = new Bot(challenger);
        await first.Join(server.Address);
        await second.Join(server.Address);
        await second.Ask(new() { ["type"] = "challenge", ["opponent"] = challenged, ["clock"] = null });
        await first.Ask(new() { ["type"] = "accept", ["opponent"] = challenger });
        await second.UntilType("game");
        for (var ply = 0; ply < columns.Length; ply++)
        {
            var mover = ply % 2 == 0 ? first : second;
            await mover.UntilPly(ply);
            await mover.Move(columns[ply] - '0');
        }
    }

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DataDirectory.DatabaseIn(_folder.Path)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static (int? Code, string Said) Run(string[] words, string directory)
    {
        using var said = new StringWriter();
        var code = Verbs.Run([.. words, "--ConnectFour:DataDirectory", directory], said);
        return (code, said.ToString());
    }
}
