using ConnectFour.Application.Ports;
using Microsoft.Data.Sqlite;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>Ratings on the disk, and their recount.</summary>
public sealed class RatingTests : IDisposable
{
    private static readonly User Ann = new(UserName.From("Ann"), UserKind.Account, Credential.Of(1), OpenJournal.Start);
    private static readonly User Bob = new(UserName.From("Bob"), UserKind.Account, Credential.Of(2), OpenJournal.Start);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Both_ratings_are_stored_with_the_result_and_are_there_after_a_restart()
    {
        using (var open = new OpenJournal(_folder.Path)) await Play(open.Journal, "g1", "1212121");

        using var reopened = new OpenJournal(_folder.Path);
        var (ann, bob) = (await Rating(reopened, Ann), await Rating(reopened, Bob));

        var beginner = Domain.Rating.Initial(OpenJournal.Start);
        Assert.Equal(beginner.Played(beginner, 1, OpenJournal.Start), (ann, bob));
    }

    [Theory]
    [InlineData("1212121", Stakes.Casual)]
    [InlineData("1", Stakes.Rated)]
    public async Task A_casual_game_and_one_that_ended_too_early_change_no_rating(string moves, Stakes stakes)
    {
        using var open = new OpenJournal(_folder.Path);

        await Play(open.Journal, "g1", moves, stakes);

        Assert.Null(await Rating(open, Ann));
        Assert.Null(await Rating(open, Bob));
    }

    [Fact]
    public async Task Who_took_the_first_disc_over_gets_the_rating_of_the_side_they_played()
    {
        using var open = new OpenJournal(_folder.Path);

        await Play(open.Journal, "g1", "1212121", swaps: true);

        Assert.True((await Rating(open, Bob))!.Value > 1500);
        Assert.True((await Rating(open, Ann))!.Value < 1500);
        Assert.Equal(new Tally(1, 0, 0), (await new Profiles(open.Database).Find(Bob.Credential))!.Tally);
    }

    [Fact]
    public async Task A_recount_of_many_games_comes_to_the_same()
    {
        using (var open = new OpenJournal(_folder.Path))
            for (var seed = 1; seed <= 5; seed++)
                await Chronicle.Play(open.Journal, 1_000 * seed, ((string[])["1212121", "12123434", "4444", "121", "7654321"]).Select(Notation.From));

        using var maintenance = Maintenance.Open(_folder.Path);
        Assert.Empty(maintenance.Check());
    }

    [Theory]
    [InlineData("UPDATE ratings SET rating = rating + 1 WHERE number = 1", "g1: its ratings are not")]
    [InlineData("UPDATE users SET deviation = deviation - 1 WHERE name = 'Ann'", "Ann: the rating is not")]
    [InlineData("UPDATE users SET rating = NULL, deviation = NULL, volatility = NULL, rated_at = NULL WHERE name = 'Bob'", "Bob: the rating is not")]
    [InlineData("DELETE FROM ratings WHERE number = 2", "g1: it is rated, and has 1")]
    [InlineData("DELETE FROM ratings WHERE game = 2", "g2: it is rated, and has 0")]
    [InlineData("INSERT INTO ratings (user, game, rating, deviation, volatility, at) SELECT user, game, rating, deviation, volatility, at FROM ratings WHERE number = 1", "g1: it is rated, and has 3")]
    [InlineData("UPDATE games SET winner = 1 - winner WHERE id = 'g2'", "g2: its ratings are not")]
    public async Task A_rating_that_is_no_recount_is_reported(string damage, string report)
    {
        using (var open = new OpenJournal(_folder.Path))
        {
            await Play(open.Journal, "g1", "1212121");
            await Play(open.Journal, "g2", "12123");
        }
        Execute(damage);

        using var maintenance = Maintenance.Open(_folder.Path);
        Assert.Contains(maintenance.Check(), problem => problem.Contains(report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_user_chose_is_there_at_the_next_visit_if_they_are_known()
    {
        using var open = new OpenJournal(_folder.Path);
        await Play(open.Journal, "g1", "1212121");
        var profiles = new Profiles(open.Database);
        var (cy, stranger) = (new Block(new Credential("cy"), UserName.From("Cy")), Chronicle.Person(9));

        Assert.True(await profiles.Keep(Ann with { OpenToMore = true, Challenges = ChallengePolicy.Accounts, Blocked = [new Block(Bob.Credential, UserName.From("Bobby")), cy] }));
        Assert.True(await profiles.Keep(stranger));
        var profile = (await profiles.Find(Ann.Credential))!;
        await profiles.Keep(Ann with { Blocked = [cy] });

        Assert.Equal((true, ChallengePolicy.Accounts), (profile.OpenToMore, profile.Challenges));
        Assert.Equal([new Block(Bob.Credential, Bob.Name), cy], profile.Blocked);
        Assert.Equal([cy], (await profiles.Find(Ann.Credential))!.Blocked);
        Assert.Null(await profiles.Find(stranger.Credential));
    }

    [Fact]
    public async Task Players_who_are_found_after_a_restart_have_what_they_chose_and_the_sides_they_changed_to()
    {
        using (var open = new OpenJournal(_folder.Path))
        {
            await Play(open.Journal, "g1", "12", swaps: true, isOver: false);
            await new Profiles(open.Database).Keep(Ann with { Challenges = ChallengePolicy.Nobody });
        }

        using var reopened = new OpenJournal(_folder.Path);
        var players = (await reopened.Journal.Running()).Players;

        Assert.Equal(ChallengePolicy.Nobody, players.Single(player => player.Name == Ann.Name).Challenges);
        Assert.Equal(new GameSeat(new GameId("g1"), Player.Second, Bob.Name), players.Single(player => player.Name == Ann.Name).Games.Single());
    }

    [Fact]
    public async Task A_game_whose_row_contradicts_its_events_about_a_swap_is_set_aside()
    {
        using (var open = new OpenJournal(_folder.Path)) await Play(open.Journal, "g1", "12", swaps: true, isOver: false);
        Execute("UPDATE games SET swapped = 0, first = second, second = first");

        using var reopened = new OpenJournal(_folder.Path);

        Assert.Null(await reopened.Journal.Find(new GameId("g1")));
    }

    private static async Task<Rating?> Rating(OpenJournal open, User user) => (await new Profiles(open.Database).Find(user.Credential))?.Rating;

    private static async Task Play(SqliteJournal journal, string id, string moves, Stakes stakes = Stakes.Rated, bool swaps = false, bool isOver = true)
    {
        var now = OpenJournal.Start;
        var started = new GameEvent.Started(
            new GameId(id), new(Ann.Name, DiscColour.Red), new(Bob.Name, DiscColour.Yellow), new Terms(TimeControl.Default, swaps ? Balance.Swap : Balance.None), now, stakes);
        await journal.Start(started, Ann, Bob);
        var game = Game.Start(started);
        foreach (var digit in moves)
        {
            if (swaps && game.Moves.Plies == 1) await Append(game.Swap(Bob.Name, now));
            await Append(game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(digit - '0'), now));
        }
        if (isOver && game.Outcome is null) await Append(game.Quit(Ann.Name, now));

        async Task Append(Decision<Game, GameEvent> decision)
        {
            var accepted = (Decision<Game, GameEvent>.Accepted)decision;
            Assert.Equal(AppendResult.Committed, await journal.Append(accepted.Next, accepted.Events));
            game = accepted.Next;
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DataDirectory.DatabaseIn(_folder.Path)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
