using ConnectFour.Application.UseCases;

namespace ConnectFour.Application.Tests;

/// <summary>What happens by itself when time passes.</summary>
public sealed class DeadlineTests : IDisposable
{
    private static readonly TimeSpan Moment = ServerTime.Beat;
    private static readonly LobbyRules Rules = Lobbies.Impatient;

    private readonly RunningApplication _application = new(Rules);

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task An_invitation_expires_after_thirty_seconds_once_and_both_are_told()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));
        await _application.Send(new ChallengeCommand(ann, "Bob", null));

        await _application.Pass(TimeSpan.FromSeconds(29.5));
        var pending = (await _application.Find(bob)).State;
        await _application.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(UserState.InvitationReceived, pending);
        Assert.Equal(InvitationEnd.Expired, Assert.Single(Ended()).How);
        Assert.Equal(UserState.Available, (await _application.Find(ann)).State);
        Assert.Equal(UserState.Available, (await _application.Find(bob)).State);
        Assert.Equal(new Reply.Refused(Refusal.NoSuchInvitation), await _application.Send(new AcceptCommand(bob, "Ann")));
    }

    [Fact]
    public async Task A_deadline_that_cannot_be_enforced_is_in_no_other_s_way()
    {
        using var application = new RunningApplication(Rules, DoubtfulLobby.Replace);
        var lobby = (DoubtfulLobby)application.Lobby;
        var (ann, bob) = (await Left("Ann"), await Left("Bob"));
        lobby.Unreadable = ann;
        for (var passed = TimeSpan.Zero; passed <= Rules.Grace; passed += ServerTime.Beat) application.Time.Advance(ServerTime.Beat);

        var told = await Assert.ThrowsAsync<AggregateException>(() => application.Get<Sweeper>().Sweep());

        Assert.IsType<InvalidOperationException>(Assert.Single(told.InnerExceptions));
        Assert.Null(await lobby.Find(bob));
        Assert.NotNull(await lobby.Find(ann));

        async Task<UserName> Left(string name)
        {
            var (connection, _) = await application.Connect(name);
            await application.Send(new DisconnectCommand(UserName.From(name), connection, OnPurpose: false));
            return UserName.From(name);
        }
    }

    [Fact]
    public async Task A_flag_falls_at_most_a_sweep_after_its_time_and_loses()
    {
        var game = await _application.Start(await _application.Join("Ann"), await _application.Join("Bob"), (10, 0));

        await _application.Pass(TimeSpan.FromSeconds(9.5));
        var running = await _application.Game(game.Id);
        await _application.Pass(Moment);

        Assert.Null(running.Outcome);
        Assert.Equal(new Outcome.Flag(Player.First), (await _application.Game(game.Id)).Outcome);
        Assert.Equal(new Tally(0, 1, 0), (await _application.Find(game.First.Name)).Tally);
    }

    [Fact]
    public async Task A_move_after_the_flag_is_too_late_even_before_the_sweep()
    {
        var game = await _application.Start(await _application.Join("Ann"), await _application.Join("Bob"), (10, 0));
        for (var beat = 0; beat < 20; beat++) _application.Time.Advance(ServerTime.Beat);

        var late = await _application.Send(new MoveCommand(game.First.Name, game.Id.Value, 0, 4));

        Assert.Equal(new Reply.Refused(Refusal.TimeIsUp), late);
        Assert.Equal("", (await _application.Game(game.Id)).Moves.ToString());
    }

    [Fact]
    public async Task Whoever_could_not_come_back_while_the_shared_clock_was_away_has_time_to_from_then_on()
    {
        var game = await _application.Start(await _application.Join("Ann"), await _application.Join("Bob"));
        var (shared, time) = (_application.Time.GetUtcNow(), _application.Get<ServerTime>());
        time.Follow(shared, shared);
        await _application.Send(new DisconnectCommand(game.First.Name, (await _application.Find(game.First.Name)).Connections[0], OnPurpose: false));

        await _application.Pass(TimeSpan.FromMinutes(10));
        await _application.Send(new DisconnectCommand(game.Second.Name, (await _application.Find(game.Second.Name)).Connections[0], OnPurpose: false));
        var unanswered = (await _application.Find(game.Second.Name)).ClaimableAt;
        time.Follow(shared.AddMinutes(10), shared.AddMinutes(10));
        var claim = await _application.Send(new ClaimCommand(game.Second.Name, game.Id.Value));
        await _application.Get<Sweeper>().Sweep();

        Assert.Equal(shared + TimeSpan.FromMinutes(10) + Rules.Grace, unanswered);
        Assert.Equal(shared + TimeSpan.FromMinutes(10) + Rules.GraceAfterRestart, (await _application.Find(game.First.Name)).ClaimableAt);
        Assert.Equal(new Reply.Refused(Refusal.OpponentMayReturn), claim);
        Assert.Null((await _application.Game(game.Id)).Outcome);
    }

    [Theory]
    [InlineData(false, 60)]
    [InlineData(true, 15)]
    public async Task A_player_who_stays_away_keeps_the_seat_for_the_grace_period_and_then_loses(bool onPurpose, int seconds)
    {
        var (game, leaver) = await StartedWithOneWho(onPurpose);

        await _application.Pass(TimeSpan.FromSeconds(seconds) - Moment);
        var running = await _application.Game(game.Id);
        await _application.Pass(Moment);

        Assert.Null(running.Outcome);
        Assert.Equal(new Outcome.Absence(Player.First), (await _application.Game(game.Id)).Outcome);
        Assert.Null(await _application.Lobby.Find(leaver));
        Assert.Equal(new Tally(1, 0, 0), (await _application.Find(game.Second.Name)).Tally);
    }

    [Fact]
    public async Task A_player_who_comes_back_in_time_plays_on()
    {
        var (connection, reply) = await _application.Connect("Ann");
        var welcome = Assert.IsType<Reply.Welcome>(reply);
        var game = await _application.Start(welcome.User.Name, await _application.Join("Bob"));
        await _application.Send(new DisconnectCommand(welcome.User.Name, connection, OnPurpose: false));
        await _application.Pass(TimeSpan.FromSeconds(59));

        var (_, back) = await _application.Connect(null, welcome.Token?.ToString());
        await _application.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal([game], Assert.IsType<Reply.Welcome>(back).Games.AsEnumerable());
        Assert.Null((await _application.Game(game.Id)).Outcome);
    }

    [Fact]
    public async Task When_both_stay_away_the_one_who_left_first_loses_and_the_game_ends_once()
    {
        var (a, first) = await _application.Connect("Ann");
        var (b, second) = await _application.Connect("Bob");
        var (ann, bob) = (((Reply.Welcome)first).User.Name, ((Reply.Welcome)second).User.Name);
        var game = await _application.Start(ann, bob);

        await _application.Send(new DisconnectCommand(bob, b, OnPurpose: false));
        await _application.Pass(Moment);
        await _application.Send(new DisconnectCommand(ann, a, OnPurpose: false));
        await _application.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(new Outcome.Absence(Player.Second), (await _application.Game(game.Id)).Outcome);
        Assert.Equal(1, _application.Events.Games.SelectMany(step => step.Events).Count(happened => happened is GameEvent.Ended));
        Assert.Null(await _application.Lobby.Find(ann));
        Assert.Null(await _application.Lobby.Find(bob));
    }

    [Fact]
    public async Task A_grace_of_zero_means_at_once()
    {
        using var strict = new RunningApplication(new LobbyRules { Grace = TimeSpan.Zero });
        var (connection, reply) = await strict.Connect("Ann");
        var ann = ((Reply.Welcome)reply).User.Name;
        var game = await strict.Start(ann, await strict.Join("Bob"));

        await strict.Send(new DisconnectCommand(ann, connection, OnPurpose: false));

        Assert.Equal(new Outcome.Absence(Player.First), (await strict.Game(game.Id)).Outcome);
        Assert.Null(await strict.Lobby.Find(ann));
    }

    [Fact]
    public async Task Time_during_which_the_server_was_away_is_held_against_nobody()
    {
        var (game, leaver) = await StartedWithOneWho(onPurpose: false, clock: (60, 0));

        _application.Time.Advance(TimeSpan.FromHours(1));
        await _application.Get<Sweeper>().Sweep();

        Assert.Null((await _application.Game(game.Id)).Outcome);
        Assert.NotNull(await _application.Lobby.Find(leaver));
    }

    [Fact]
    public async Task An_invitation_survives_a_short_drop_and_ends_as_gone_when_one_of_the_two_left()
    {
        var (connection, reply) = await _application.Connect("Ann");
        var welcome = (Reply.Welcome)reply;
        var bob = await _application.Join("Bob");
        await _application.Send(new ChallengeCommand(bob, "Ann", null));

        await _application.Send(new DisconnectCommand(welcome.User.Name, connection, OnPurpose: false));
        await _application.Pass(TimeSpan.FromSeconds(2));
        var (again, back) = await _application.Connect(null, welcome.Token?.ToString());
        await _application.Send(new DisconnectCommand(welcome.User.Name, again, OnPurpose: true));
        await _application.Pass(Rules.GraceWithoutGame);

        Assert.NotNull(((Reply.Welcome)back).User.Invitation);
        Assert.Equal(InvitationEnd.Gone, Assert.Single(Ended()).How);
        Assert.Equal(UserState.Available, (await _application.Find(bob)).State);
    }

    [Fact]
    public async Task Who_is_away_when_the_game_begins_has_the_grace_of_a_player_and_the_opponent_is_told()
    {
        var (connection, reply) = await _application.Connect("Ann");
        var ann = ((Reply.Welcome)reply).User.Name;
        var bob = await _application.Join("Bob");
        await _application.Send(new ChallengeCommand(ann, "Bob", null));
        await _application.Send(new DisconnectCommand(ann, connection, OnPurpose: false));

        await _application.Send(new AcceptCommand(bob, "Ann"));

        var away = Assert.IsType<LobbyEvent.WentAway>(_application.Events.Lobby[^1]);
        Assert.Equal(_application.Now + Rules.Grace, away.User.LeavesAt);
        Assert.Single(away.User.Games);
    }

    [Fact]
    public async Task Sweeping_again_changes_nothing()
    {
        var (game, _) = await StartedWithOneWho(onPurpose: false, clock: (30, 0));
        await _application.Pass(TimeSpan.FromMinutes(2));
        var (version, published) = ((await _application.Lobby.List(10)).Version, _application.Events.Games.Count);

        await _application.Get<Sweeper>().Sweep();
        await _application.Send(new ExpireClockCommand(game.Id));

        Assert.Equal(version, (await _application.Lobby.List(10)).Version);
        Assert.Equal(published, _application.Events.Games.Count);
    }

    private IEnumerable<LobbyEvent.InvitationEnded> Ended() => _application.Events.Lobby.OfType<LobbyEvent.InvitationEnded>().Where(ended => ended.How != InvitationEnd.Accepted);

    private async Task<(Game Game, UserName Leaver)> StartedWithOneWho(bool onPurpose, (int, int)? clock = null)
    {
        var (connection, reply) = await _application.Connect("Ann");
        var ann = ((Reply.Welcome)reply).User.Name;
        var game = await _application.Start(ann, await _application.Join("Bob"), clock);
        await _application.Send(new DisconnectCommand(ann, connection, onPurpose));
        return (game, ann);
    }
}
