using ConnectFour.Application.UseCases;

namespace ConnectFour.Application.Tests;

public sealed class InvitationTests : IDisposable
{
    private readonly RunningApplication _application = new();

    public void Dispose() => _application.Dispose();

    [Fact]
    public async Task Opponents_are_found_whatever_case_their_names_are_typed_in()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));

        await _application.Send(new ChallengeCommand(ann, "bOB", null));

        var challenged = Assert.IsType<LobbyEvent.Challenged>(_application.Events.Lobby[^1]);
        Assert.Equal("Bob", challenged.Invitation.To.Text);
        Assert.Equal(UserState.InvitationReceived, (await _application.Find(bob)).State);
    }

    [Fact]
    public async Task Crossed_challenges_make_one_game_with_the_first_one_s_clock()
    {
        var (ann, bob) = (await _application.Join("Ann"), await _application.Join("Bob"));

        await _application.Send(new ChallengeCommand(ann, "Bob", (60, 1)));
        await _application.Send(new ChallengeCommand(bob, "Ann", null));

        var game = await _application.Game((await _application.Find(ann)).Games.Single().Game);
        Assert.Equal(bob, game.First.Name);
        Assert.Equal(TimeControl.From(60, 1), game.Control);
    }

    [Fact]
    public async Task Whatever_races_with_an_acceptance_both_sides_end_with_the_same_view()
    {
        for (var round = 0; round < 200; round++)
        {
            var (connection, reply) = await _application.Connect($"Ann{round}");
            var ann = ((Reply.Welcome)reply).User.Name;
            var bob = await _application.Join($"Bob{round}");
            await _application.Send(new ChallengeCommand(ann, bob.Text, null));

            ICommand[] racers = [new AcceptCommand(bob, ann.Text), new CancelCommand(ann, bob.Text), new DeclineCommand(bob, ann.Text), new DisconnectCommand(ann, connection, true)];
            using var together = new Barrier(racers.Length);
            var replies = await Task.WhenAll(racers.Select(command => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return _application.Send(command);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            var (left, right) = (await _application.Find(ann), await _application.Find(bob));
            Assert.Equal(1, replies.Take(3).Count(answer => answer is Reply.Done));
            Assert.Equal((null, null), (left.Invitation, right.Invitation));
            Assert.Equal(left.Games.Select(seat => seat.Game), right.Games.Select(seat => seat.Game));
            Assert.Equal(replies[0] is Reply.Done ? 1 : 0, left.Games.Length);
            foreach (var seat in left.Games) Assert.NotNull(await _application.Journal.Find(seat.Game));
        }
    }

    [Fact]
    public async Task A_name_is_taken_while_its_user_is_here_or_away_and_free_after_they_left()
    {
        var (connection, reply) = await _application.Connect("Ann");
        var ann = ((Reply.Welcome)reply).User.Name;

        var (_, here) = await _application.Connect("ANN");
        await _application.Send(new DisconnectCommand(ann, connection, OnPurpose: true));
        var (_, away) = await _application.Connect("ann");
        await _application.Pass(TimeSpan.FromSeconds(5));
        var (_, free) = await _application.Connect("ann");

        Assert.Equal(new Reply.Refused(Refusal.NameTaken), here);
        Assert.Equal(new Reply.Refused(Refusal.NameTaken), away);
        Assert.IsType<Reply.Welcome>(free);
    }

    [Fact]
    public async Task A_token_introduces_its_owner_to_a_server_that_has_forgotten_them()
    {
        var (_, reply) = await _application.Connect("Ann");
        var token = ((Reply.Welcome)reply).Token?.ToString();
        using var restarted = new RunningApplication();

        var (_, first) = await restarted.Connect(null, token);
        var (_, second) = await restarted.Connect(null, token);

        Assert.Equal("Ann", Assert.IsType<Reply.Welcome>(first).User.Name.Text);
        Assert.Equal(2, Assert.IsType<Reply.Welcome>(second).User.Connections.Length);
    }

    [Fact]
    public async Task Find_answers_with_users_who_are_here_whatever_the_case()
    {
        var ann = await _application.Join("Ann");
        await _application.Join("Bob");

        var reply = await _application.Send(new FindCommand(ann, "B"));

        Assert.Equal("Bob", Assert.Single(Assert.IsType<Reply.Found>(reply).Users).Name.Text);
    }

    [Fact]
    public async Task A_player_who_is_open_to_more_can_be_challenged_while_playing()
    {
        var (ann, bob, cy) = (await _application.Join("Ann"), await _application.Join("Bob"), await _application.Join("Cy"));
        await _application.Start(ann, bob);

        var closed = await _application.Send(new ChallengeCommand(cy, "Ann", null));
        await _application.Send(new SetOpenCommand(ann, true));
        var open = await _application.Send(new ChallengeCommand(cy, "Ann", null));

        Assert.Equal(new Reply.Refused(Refusal.OpponentIsBusy), closed);
        Assert.IsType<Reply.Done>(open);
    }
}
