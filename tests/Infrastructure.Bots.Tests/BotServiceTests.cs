using ConnectFour.Application;
using ConnectFour.Application.UseCases;
using ConnectFour.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.Bots.Tests;

/// <summary>The bots play by the commands that everybody uses, and nobody waits for them longer than their pace.</summary>
public sealed class BotServiceTests : IAsyncDisposable
{
    private static readonly BotSettings Quick = new() { Pace = TimeSpan.Zero, Nodes = 20_000, Seed = 1 };

    private readonly List<RunningApplication> _applications = [];

    [Fact]
    public async Task Every_level_is_in_the_lobby_as_a_bot_that_is_open_to_all()
    {
        var application = await Started(Quick);

        var users = (await application.Lobby.List(10)).Users;

        Assert.Equal(["Casual", "Club", "Master", "Perfect", "Rookie"], users.Select(user => user.Name.Text).Order());
        Assert.All(users, user => Assert.Equal((UserKind.Bot, true, UserState.Available), (user.Kind, user.OpenToMore, user.State)));
    }

    [Fact]
    public async Task A_challenge_is_accepted_and_the_game_is_played_to_its_end()
    {
        var application = await Started(Quick);
        var ann = await application.Join("Ann");

        await application.Send(new ChallengeCommand(ann, "Club", null));
        var game = await PlayOut(application, ann);

        Assert.NotNull(game.Outcome);
        Assert.Equal("Club", game.First.Name.Text);
    }

    [Fact]
    public async Task A_bot_plays_many_games_at_once()
    {
        var application = await Started(Quick);
        var people = new List<UserName>();
        for (var i = 0; i < 30; i++)
        {
            people.Add(await application.Join($"Person{i}"));
            await Condition.Holds(async () => await application.Send(new ChallengeCommand(people[^1], "Casual", null)) is Reply.Done);
        }

        var games = await Task.WhenAll(people.Select(person => PlayOut(application, person)));

        Assert.All(games, game => Assert.NotNull(game.Outcome));
    }

    [Fact]
    public async Task Who_asks_for_a_rematch_gets_it()
    {
        var application = await Started(Quick);
        var ann = await application.Join("Ann");
        await application.Send(new ChallengeCommand(ann, "Rookie", null));
        var first = await PlayOut(application, ann);

        await Condition.Holds(async () => await application.Send(new RematchCommand(ann, first.Id.Value)) is Reply.Done);
        var second = await PlayOut(application, ann);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(ann, second.First.Name);
    }

    [Fact]
    public async Task A_bot_goes_on_with_the_games_that_it_finds_itself_in()
    {
        var application = Built(Quick);
        var (ann, master) = (await application.Join("Ann"), UserName.From("Master"));
        await application.Send(new ConnectBotCommand(master, new ConnectionId("before")));
        var game = await application.Start(master, ann);

        await Start(application);

        await Condition.Holds(async () => (await application.Game(game.Id)).Moves.Plies == 1);
    }

    [Fact]
    public async Task A_bot_takes_its_time_over_a_move_and_not_more_than_its_pace()
    {
        var (application, game) = await Thinking(TimeSpan.FromSeconds(4), clock: null);

        await application.Pass(TimeSpan.FromSeconds(0.5));
        var early = (await application.Journal.Find(game))!.Moves.Plies;
        await application.Pass(TimeSpan.FromSeconds(3.5));
        await Condition.Holds(async () => (await application.Journal.Find(game))!.Moves.Plies == 1);

        Assert.Equal(0, early);
    }

    [Fact]
    public async Task A_short_clock_makes_a_bot_quicker()
    {
        var (application, game) = await Thinking(TimeSpan.FromMinutes(1), clock: (60, 0));

        await application.Pass(TimeSpan.FromSeconds(2));

        await Condition.Holds(async () => (await application.Journal.Find(game))!.Moves.Plies == 1);
    }

    [Fact]
    public async Task Whoever_has_no_use_for_bots_has_none()
    {
        var application = await Started(new BotSettings { Enabled = false });

        Assert.Empty((await application.Lobby.List(10)).Users);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications)
        {
            foreach (var service in application.Get<IEnumerable<IHostedService>>()) await service.StopAsync(CancellationToken.None);
            application.Dispose();
        }
    }

    /// <summary>A game in which a bot has begun to think about the first move.</summary>
    private async Task<(RunningApplication Application, GameId Game)> Thinking(TimeSpan pace, (int Seconds, int Increment)? clock)
    {
        var time = new WatchedTime();
        var application = await Started(new BotSettings { Pace = pace, Nodes = 1_000, Seed = 1 }, time);
        var ann = await application.Join("Ann");
        var waits = time.Waits;
        await application.Send(new ChallengeCommand(ann, "Rookie", clock));
        await Condition.Holds(() => time.Waits > waits);
        return (application, (await application.Lobby.Find(ann))!.Games.Single().Game);
    }

    private RunningApplication Built(BotSettings settings, FakeTimeProvider? time = null)
    {
        var application = new RunningApplication(replace: services => services.AddLogging().AddSingleton<Solver>().AddBots(settings), time: time);
        _applications.Add(application);
        return application;
    }

    private async Task<RunningApplication> Started(BotSettings settings, FakeTimeProvider? time = null)
    {
        var application = Built(settings, time);
        await Start(application);
        return application;
    }

    private static async Task Start(RunningApplication application)
    {
        foreach (var service in application.Get<IEnumerable<IHostedService>>()) await service.StartAsync(CancellationToken.None);
    }

    /// <summary>The person plays the leftmost column that has room, whenever it is their turn.</summary>
    private static async Task<Game> PlayOut(RunningApplication application, UserName person)
    {
        await Condition.Holds(async () => (await application.Lobby.Find(person))!.Games.Length == 1);
        var id = (await application.Lobby.Find(person))!.Games.Single().Game;
        Game game = null!;
        await Condition.Holds(async () =>
        {
            if (await application.Journal.Find(id) is not { } now) return false; // Seated, and not stored yet.
            game = now;
            if (game.ToMove is { } player && game[player].Name == person)
                await application.Send(new MoveCommand(person, id.Value, game.Moves.Plies, game.Board.LegalColumns[0].Number));
            return game.Outcome is not null;
        });
        return game;
    }
}
