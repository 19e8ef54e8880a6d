using System.Collections.Immutable;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Application.Tests;

/// <summary>How people come to a game besides challenging each other: by pairing, and by link.</summary>
public sealed class MeetingTests : IDisposable
{
    private static readonly ImmutableArray<(int, int)?> Blitz = [(60, 1)];

    private readonly RunningApplication _application = new();

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task Of_three_who_seek_the_first_two_play_and_the_third_waits_for_a_fourth()
    {
        var (ann, bob, cy, dee) = (await _application.Join("Ann"), await _application.Join("Bob"), await _application.Join("Cy"), await _application.Join("Dee"));

        foreach (var seeker in (UserName[])[ann, bob, cy]) await _application.Send(new SeekCommand(seeker, Blitz, Balance.None));
        var waiting = await _application.Lobby.Waiting();
        await _application.Send(new SeekCommand(dee, Blitz, Balance.None));

        Assert.Equal([cy], waiting.AsEnumerable());
        Assert.Equal((ann, bob), await Players(ann));
        Assert.Equal((cy, dee), await Players(cy));
        Assert.Empty(await _application.Lobby.Waiting());
    }

    [Fact]
    public async Task Whoever_seeks_at_the_same_moment_everybody_gets_one_game_at_the_next_sweep()
    {
        var seekers = new List<UserName>();
        for (var i = 0; i < 40; i++) seekers.Add(await _application.Join($"Seeker{i}"));

        await Together([.. seekers.Select(seeker => new SeekCommand(seeker, Blitz, Balance.None))]);
        await _application.Pass(Sweeper.Interval);

        foreach (var seeker in seekers) Assert.Single((await _application.Find(seeker)).Games);
        Assert.Empty(await _application.Lobby.Waiting());
    }

    [Fact]
    public async Task A_sweep_decides_nothing_while_nobody_suits_anybody()
    {
        using var application = new RunningApplication(replace: DoubtfulLobby.Replace);
        var lobby = (DoubtfulLobby)application.Lobby;
        foreach (var initial in (int[])[60, 180, 300]) await application.Send(new SeekCommand(await application.Join($"Seeker{initial}"), [(initial, 1)], Balance.None));
        var before = lobby.Decisions;

        await application.Pass(Sweeper.Interval);

        Assert.Equal(3, (await lobby.Waiting()).Length);
        Assert.Equal(before, lobby.Decisions);
    }

    [Fact]
    public async Task Who_becomes_free_while_they_wait_is_paired_by_the_next_sweep()
    {
        var (ann, bob, cy) = (await _application.Join("Ann"), await _application.Join("Bob"), await _application.Join("Cy"));
        await _application.Send(new SeekCommand(ann, Blitz, Balance.None));
        await _application.Send(new ChallengeCommand(cy, "Ann", null));
        await _application.Pass(Sweeper.Interval);
        await _application.Send(new SeekCommand(bob, Blitz, Balance.None));

        await _application.Send(new DeclineCommand(ann, "Cy"));
        await _application.Pass(Sweeper.Interval);

        Assert.Equal((ann, bob), await Players(ann));
    }

    [Fact]
    public async Task Of_many_who_come_by_a_link_at_once_one_gets_the_seat()
    {
        for (var round = 0; round < 20; round++)
        {
            var host = await _application.Join($"Host{round}");
            await _application.Send(new OfferCommand(host, null, Balance.None));
            var key = (await _application.Find(host)).Link!.Key;
            var guests = new List<UserName>();
            for (var i = 0; i < 5; i++) guests.Add(await _application.Join($"Guest{round}x{i}"));

            var replies = await Together([.. guests.Select(guest => new JoinCommand(guest, host.Text, key))]);

            Assert.Single(replies, reply => reply is Reply.Done);
            Assert.Equal(4, replies.Count(reply => reply is Reply.Refused { Why: Refusal.NoSuchInvitation }));
            Assert.Single((await _application.Find(host)).Games);
        }
    }

    [Fact]
    public async Task A_link_expires_by_itself_after_an_hour()
    {
        var ann = await _application.Join("Ann");
        await _application.Send(new OfferCommand(ann, null, Balance.None));

        _application.Time.Advance(TimeSpan.FromSeconds(1));
        await _application.Pass(TimeSpan.FromMinutes(59));
        var before = (await _application.Find(ann)).Link;
        await _application.Pass(TimeSpan.FromMinutes(2));

        Assert.NotNull(before);
        Assert.Null((await _application.Find(ann)).Link);
        Assert.Equal(LinkEnd.Expired, Assert.Single(_application.Events.Lobby.OfType<LobbyEvent.LinkEnded>()).How);
    }

    [Fact]
    public async Task A_win_is_claimed_once_the_opponent_has_been_away_for_the_grace_period()
    {
        using var application = new RunningApplication(new LobbyRules());
        var bob = await application.Join("Bob");
        var (line, reply) = await application.Connect("Ann");
        var ann = ((Reply.Welcome)reply).User.Name;
        var game = await application.Start(ann, bob);
        await application.Send(new DisconnectCommand(ann, line, OnPurpose: false));

        await application.Pass(TimeSpan.FromSeconds(59));
        var early = await application.Send(new ClaimCommand(bob, game.Id.Value));
        await application.Pass(TimeSpan.FromSeconds(30));
        var running = (await application.Game(game.Id)).Outcome;
        var claimed = await application.Send(new ClaimCommand(bob, game.Id.Value));

        Assert.Equal(new Reply.Refused(Refusal.OpponentMayReturn), early);
        Assert.Null(running);
        Assert.Equal(new Reply.Done(), claimed);
        Assert.Equal(new Outcome.Absence(Player.First), (await application.Game(game.Id)).Outcome);
        Assert.Equal(new Tally(1, 0, 0), (await application.Find(bob)).Tally);
    }

    [Fact]
    public async Task Who_comes_back_while_the_opponent_waits_plays_on()
    {
        using var application = new RunningApplication(new LobbyRules());
        var bob = await application.Join("Bob");
        var (line, reply) = await application.Connect("Ann");
        var welcome = (Reply.Welcome)reply;
        var game = await application.Start(welcome.User.Name, bob);
        await application.Send(new DisconnectCommand(welcome.User.Name, line, OnPurpose: false));

        await application.Pass(TimeSpan.FromMinutes(4));
        await application.Connect(null, welcome.Token!.ToString());

        Assert.Equal(new Reply.Refused(Refusal.OpponentMayReturn), await application.Send(new ClaimCommand(bob, game.Id.Value)));
        Assert.IsType<Reply.Moved>(await application.Send(new MoveCommand(welcome.User.Name, game.Id.Value, 0, 4)));
    }

    [Fact]
    public async Task A_game_that_nobody_claims_is_lost_in_the_end()
    {
        using var application = new RunningApplication(new LobbyRules());
        var bob = await application.Join("Bob");
        var (line, reply) = await application.Connect("Ann");
        var game = await application.Start(((Reply.Welcome)reply).User.Name, bob);
        await application.Send(new DisconnectCommand(((Reply.Welcome)reply).User.Name, line, OnPurpose: false));

        await application.Pass(TimeSpan.FromSeconds(359));
        var before = (await application.Game(game.Id)).Outcome;
        await application.Pass(TimeSpan.FromSeconds(2));

        Assert.Null(before);
        Assert.Equal(new Outcome.Absence(Player.First), (await application.Game(game.Id)).Outcome);
    }

    [Fact]
    public async Task After_a_swap_both_sit_on_their_new_sides_and_the_rematch_is_on_the_same_terms()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));
        await _application.Send(new ChallengeCommand(bob, "Ann", null, Balance.Swap));
        await _application.Send(new AcceptCommand(ann, "Bob"));
        var game = (await _application.Find(ann)).Games.Single().Game;
        await _application.Play(game, "4");

        var swapped = await _application.Send(new SwapCommand(bob, game.Value));
        var sides = ((await _application.Find(ann)).Games.Single().Side, (await _application.Find(bob)).Games.Single().Side);
        await _application.Send(new QuitCommand(ann, game.Value));
        await _application.Send(new RematchCommand(ann, game.Value));
        await _application.Send(new AcceptCommand(bob, "Ann"));
        var next = await _application.Game((await _application.Find(ann)).Games.Single().Game);

        Assert.Equal(new Reply.Done(), swapped);
        Assert.Equal((Player.Second, Player.First), sides);
        Assert.Equal((new Tally(0, 1, 0), new Tally(1, 0, 0)), ((await _application.Find(ann)).Tally, (await _application.Find(bob)).Tally));
        Assert.Equal((ann, bob, Balance.Swap), (next.First.Name, next.Second.Name, next.Terms.Balance));
    }

    [Fact]
    public async Task The_rematch_of_a_pair_is_its_second_game_and_a_repeated_move_gets_its_version()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));
        await _application.Send(new ChallengeCommand(bob, "Ann", null, Balance.Pair));
        await _application.Send(new AcceptCommand(ann, "Bob"));
        var game = await _application.Game((await _application.Find(ann)).Games.Single().Game);
        var (ply, column) = (game.Moves.Plies, game.Board.LegalColumns[0].Number);

        var moved = await _application.Send(new MoveCommand(ann, game.Id.Value, ply, column));
        var again = await _application.Send(new MoveCommand(ann, game.Id.Value, ply, column));
        await _application.Send(new QuitCommand(ann, game.Id.Value));
        await _application.Send(new RematchCommand(ann, game.Id.Value));
        await _application.Send(new AcceptCommand(bob, "Ann"));
        var next = await _application.Game((await _application.Find(ann)).Games.Single().Game);

        Assert.Equal((new Reply.Moved(game.Id, 2, Repeated: false), new Reply.Moved(game.Id, 2, Repeated: true)), (moved, again));
        Assert.Equal((bob, ann, Balance.Return, game.Opening), (next.First.Name, next.Second.Name, next.Terms.Balance, next.Opening));
    }

    private async Task<(UserName, UserName)> Players(UserName one)
    {
        var game = await _application.Game((await _application.Find(one)).Games.Single().Game);
        return (game.First.Name, game.Second.Name);
    }

    private async Task<Reply[]> Together(IReadOnlyList<ICommand> commands)
    {
        using var start = new Barrier(commands.Count);
        return await Task.WhenAll(commands.Select(command => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return _application.Send(command);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }
}
