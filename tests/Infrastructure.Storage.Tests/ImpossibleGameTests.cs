using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>Rows that make no game, whoever wrote them: that game is set aside and reported, and nobody else is affected.</summary>
public sealed class ImpossibleGameTests : IDisposable
{
    private const int SetAside = 3001;
    private const int MakesNoGame = 3007;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UPDATE events SET value = 8 WHERE game = 2 AND version = 3")]
    [InlineData("UPDATE events SET value = 4294967297 WHERE game = 2 AND version = 3")]
    [InlineData("UPDATE events SET kind = 9 WHERE game = 2 AND version = 3")]
    [InlineData("UPDATE events SET kind = 4294967296 WHERE game = 2 AND version = 3")]
    [InlineData("UPDATE events SET value = 4 WHERE game = 2")]
    [InlineData("UPDATE events SET value = 1 + (version % 2) WHERE game = 2")]
    [InlineData("UPDATE events SET at = 9223372036854775807 WHERE game = 2 AND version = 3")]
    [InlineData("DELETE FROM events WHERE game = 2 AND version = 3")]
    [InlineData("DELETE FROM events WHERE game = 2 AND version = 2")]
    [InlineData("INSERT INTO events VALUES (2, 1, 0, 4, 0)")]
    [InlineData("INSERT INTO events VALUES (2, 99, 0, 4, 0)")]
    [InlineData("INSERT INTO events VALUES (2, 9, 1, 1000, 0)")]
    [InlineData("INSERT INTO events VALUES (2, 9, 2, 6, 0)")]
    [InlineData("INSERT INTO events VALUES (2, 9, 2, 2, 0)")]
    [InlineData("INSERT INTO events VALUES (2, 9, 2, 4, 0)")]
    [InlineData("INSERT INTO events VALUES (2, 9, 2, 400, 0)")]
    [InlineData("INSERT INTO events VALUES (2, 9, 2, -1, 0)")]
    [InlineData("UPDATE games SET initial = 60, increment = 0 WHERE number = 2; INSERT INTO events VALUES (2, 9, 1, 9223372036854775807, 0)")]
    [InlineData("UPDATE games SET initial = 1, increment = 0 WHERE number = 2")]
    [InlineData("UPDATE games SET initial = 4294967356, increment = 0 WHERE number = 2")]
    [InlineData("UPDATE games SET first_colour = 99 WHERE number = 2")]
    [InlineData("UPDATE games SET second_colour = 4294967296 WHERE number = 2")]
    [InlineData("UPDATE games SET started_at = 9223372036854775807 WHERE number = 2")]
    [InlineData("UPDATE games SET started_at = 253402300799999, initial = 10800, increment = 0 WHERE number = 2; DELETE FROM events WHERE game = 2")]
    [InlineData("UPDATE games SET first = 77 WHERE number = 2")]
    [InlineData("UPDATE users SET name = 'no name' WHERE number = (SELECT first FROM games WHERE number = 2)")]
    public async Task It_is_set_aside_and_its_players_are_not_seated_while_the_other_games_go_on(string plant)
    {
        var games = await Play();
        Sql.Run(_folder.Path, $"PRAGMA foreign_keys = OFF; {plant}");

        using (var open = new OpenJournal(_folder.Path))
        {
            var running = await open.Journal.Running();

            Assert.Equal([games[0], games[2]], running.Games.OrderBy(game => game.Id.Value, StringComparer.Ordinal));
            Assert.Equal(["Ann", "Bob", "Eve", "Fay"], running.Players.Select(player => player.Name.Text).Order(StringComparer.Ordinal));
            Assert.Contains(open.Log.Lines, line => line.Number == SetAside && line.Line.Contains(games[1].Id.Value, StringComparison.Ordinal));
            Assert.Null(await open.Journal.Find(games[1].Id));
            Assert.Empty(await open.Journal.Read(games[1].Id));
            Assert.Empty(await open.Journal.FlagsDue(OpenJournal.Start));
        }

        using var again = new OpenJournal(_folder.Path);
        Assert.DoesNotContain(again.Log.Lines, line => line.Number == SetAside);
        Assert.Equal(2, (await again.Journal.Running()).Games.Length);
    }

    [Fact]
    public async Task It_stays_in_the_database_for_whoever_wants_to_find_out_why()
    {
        var games = await Play();
        Sql.Run(_folder.Path, "UPDATE events SET value = 8 WHERE game = 2 AND version = 3");

        using (new OpenJournal(_folder.Path)) { }

        using var connection = Sql.Open(_folder.Path);
        Assert.Equal(games[1].Version - 1, SqliteDatabase.Scalar<long>(connection, "SELECT count(*) FROM events WHERE game = 2"));
    }

    [Fact]
    public async Task A_finished_one_is_not_found_and_reported_whenever_somebody_asks()
    {
        using var open = new OpenJournal(_folder.Path);
        var game = await Chronicle.Play(open.Journal, 1, "1212121");
        Sql.Run(_folder.Path, "UPDATE events SET kind = 9 WHERE version = 3");

        Assert.Null(await open.Journal.Find(game.Id));
        Assert.Empty(await open.Journal.Read(game.Id));
        Assert.Equal(2, open.Log.Lines.Count(line => line.Number == MakesNoGame));
    }

    [Fact]
    public async Task When_somebody_else_has_written_to_a_running_game_the_database_has_the_last_word()
    {
        var game = (await Play())[1];
        using var open = new OpenJournal(_folder.Path);
        Sql.Run(_folder.Path, "INSERT INTO events VALUES (2, 9, 0, 7, 90000)");

        var conflict = await Drop(open.Journal, game, 6);
        var found = await open.Journal.Find(game.Id);
        var next = await Drop(open.Journal, found!, 6);

        Assert.Equal((AppendResult.Conflict, AppendResult.Committed), (conflict, next));
        Assert.Equal($"{game.Moves}76", (await open.Journal.Find(game.Id))!.Moves.ToString());
    }

    [Theory]
    [InlineData("INSERT INTO events VALUES (2, 9, 0, 8, 90000)")]
    [InlineData("UPDATE events SET version = 9 WHERE game = 2 AND version = 8")]
    public async Task A_running_one_that_somebody_spoiled_is_set_aside_and_the_journal_goes_on(string plant)
    {
        var games = await Play();
        using var open = new OpenJournal(_folder.Path);
        Sql.Run(_folder.Path, plant);

        var spoiled = await Drop(open.Journal, games[1], 6);
        var other = await Drop(open.Journal, games[2], 6);

        Assert.Equal((AppendResult.Conflict, AppendResult.Committed), (spoiled, other));
        Assert.Null(await open.Journal.Find(games[1].Id));
        Assert.Contains(open.Log.Lines, line => line.Number == SetAside);
    }

    [Fact]
    public async Task A_running_one_that_has_a_result_already_is_set_aside_and_the_journal_goes_on()
    {
        var games = await Play();
        using var open = new OpenJournal(_folder.Path);
        Sql.Run(_folder.Path, "UPDATE games SET ended_at = 1, reason = 3, winner = 0 WHERE number = 2");
        var quit = (Decision<Game, GameEvent>.Accepted)games[1].Quit(games[1].First.Name, OpenJournal.Start);

        var spoiled = await open.Journal.Append(quit.Next, quit.Events);
        var other = await Drop(open.Journal, games[2], 6);

        Assert.Equal((AppendResult.Conflict, AppendResult.Committed), (spoiled, other));
        Assert.Null(await open.Journal.Find(games[1].Id));
    }

    /// <summary>Three running games of seven discs; the second one is number 2.</summary>
    private async Task<Game[]> Play()
    {
        using var open = new OpenJournal(_folder.Path);
        var games = new List<Game>();
        foreach (var (first, second) in ((string, string)[])[("Ann", "Bob"), ("Cy", "Dee"), ("Eve", "Fay")])
        {
            var started = new GameEvent.Started(
                new GameId($"game-{first}"), new Seat(UserName.From(first), DiscColour.Red), new Seat(UserName.From(second), DiscColour.Yellow), null, OpenJournal.Start);
            await open.Journal.Start(started, Guest(first), Guest(second));
            var game = Game.Start(started);
            foreach (var column in Notation.From("1234321").Columns)
            {
                await Drop(open.Journal, game, column.Number);
                game = (await open.Journal.Find(game.Id))!;
            }
            games.Add(game);
        }
        return [.. games];
    }

    private static User Guest(string name) => new(UserName.From(name), UserKind.Guest, new Credential(name), OpenJournal.Start);

    private static async Task<AppendResult> Drop(SqliteJournal journal, Game game, int column)
    {
        var drop = (Decision<Game, GameEvent>.Accepted)game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(column), OpenJournal.Start.AddSeconds(game.Version));
        return await journal.Append(drop.Next, drop.Events);
    }
}
