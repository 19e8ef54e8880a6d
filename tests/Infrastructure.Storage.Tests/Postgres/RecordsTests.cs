using ConnectFour.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>Games, records, ratings and what people chose, as they are read back from PostgreSQL.</summary>
public sealed class RecordsTests : IDisposable
{
    private static readonly string[] Plays = ["1212121", "12123434", "4444", "121", "7654321", "12325262"];

    private readonly string _database;
    private readonly OpenPostgresJournal _open;

    public RecordsTests(PostgresCluster cluster)
    {
        _database = cluster.Database();
        _open = new OpenPostgresJournal(_database, settings: new StorageSettings { Patience = TimeSpan.FromMinutes(1) });
    }

    public void Dispose() => _open.Dispose();

    [Fact]
    public async Task Games_of_every_kind_are_read_back_as_they_were_and_all_records_and_ratings_are_a_recount()
    {
        var games = (await Task.WhenAll(Enumerable.Range(1, 5).Select(seed => Chronicle.Play(_open.Journal, 1_000 * seed, Plays.Select(Notation.From))))).SelectMany(some => some).ToArray();

        foreach (var game in games) Assert.Equal(game, Game.Replay(await _open.Journal.Read(game.Id)));
        foreach (var person in Chronicle.People) Assert.Equal(Chronicle.RecordOf(person.Name, games), (await Profiles().Find(person.Credential))?.Tally ?? default);
        Assert.Contains(games, game => game.IsSwapped);
        using var maintenance = Maintenance.Connect(_database);
        Assert.Empty(maintenance.Check());
        Assert.Equal((games.Count(game => game.Outcome is not null), games.Count(game => game.Outcome is null), 0), maintenance.Count());
    }

    [Theory]
    [InlineData("UPDATE games SET version = version + 1 WHERE number = 1", "it is said to be at version")]
    [InlineData("UPDATE users SET wins = wins + 1 WHERE number = 1", "the record says")]
    [InlineData("UPDATE games SET winner = 1 - winner WHERE number = 1", "the result says")]
    [InlineData("UPDATE ratings SET rating = rating + 1 WHERE number = 1", "its ratings are not")]
    [InlineData("DELETE FROM events WHERE version = 2", "Version 2 is missing")]
    public async Task What_does_not_fit_together_is_reported(string damage, string report)
    {
        var game = await _open.Start("g", TimeControl.From(60, 0), Stakes.Rated);
        foreach (var column in (int[])[1, 2, 1, 2, 1, 2, 1])
        {
            var drop = _open.Decide(game, column);
            Assert.Equal(AppendResult.Committed, await _open.Journal.Append(drop.Next, drop.Events));
            game = drop.Next;
        }
        await Run(damage);

        using var maintenance = Maintenance.Connect(_database);

        Assert.Contains(maintenance.Check(), problem => problem.Contains(report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_game_whose_events_make_none_is_not_shown_and_not_touched_and_the_others_go_on()
    {
        var (whole, broken) = (await _open.Start("whole"), await _open.Start("broken", first: "Cy", second: "Dee"));
        await _open.Drop(whole, 4);
        await _open.Drop(broken, 4);
        await Run("UPDATE events SET kind = 99 WHERE game = (SELECT number FROM games WHERE id = 'broken')");

        using var next = new OpenPostgresJournal(_database);
        var running = await next.Journal.Running();

        Assert.Equal([whole.Id], running.Games.Select(game => game.Id));
        Assert.Equal(["Ann", "Bob"], running.Players.Select(player => player.Name.Text).Order(StringComparer.Ordinal));
        Assert.Null(await next.Journal.Find(broken.Id));
        Assert.Single(next.Log.Lines, line => line.Line.Contains("broken", StringComparison.Ordinal));
        await using var context = next.Database.Context();
        Assert.False(await context.Games.AnyAsync(game => game.SetAside, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_user_chose_is_there_at_the_next_visit_if_they_are_known()
    {
        await _open.Start("g");
        var (ann, bob) = (Play.Person("Ann"), Play.Person("Bob"));
        Block[] others = [.. Enumerable.Range(1, 30).Select(number => new Block(new Credential($"c{7 * number % 31}"), UserName.From($"Cy{number}")))];

        Assert.True(await Profiles().Keep(ann with { OpenToMore = true, Challenges = ChallengePolicy.Accounts, Blocked = [new Block(bob.Credential, UserName.From("Bobby")), .. others] }));
        Assert.True(await Profiles().Keep(Play.Person("Stranger")));
        var profile = (await Profiles().Find(ann.Credential))!;

        Assert.Equal((true, ChallengePolicy.Accounts), (profile.OpenToMore, profile.Challenges));
        Assert.Equal([new Block(bob.Credential, bob.Name), .. others], profile.Blocked);
        Assert.Null(await Profiles().Find(Play.Person("Stranger").Credential));
        Assert.Equal(profile.Blocked, (await _open.Journal.Running()).Players.Single(player => player.Name == ann.Name).Blocked);
    }

    private Profiles Profiles() => new(_open.Database);

    private async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
