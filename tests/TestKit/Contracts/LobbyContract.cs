using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using Xunit;

namespace ConnectFour.TestKit.Contracts;

/// <summary>What every <see cref="ILobby"/> promises. An implementation's tests derive from this.</summary>
public abstract class LobbyContract
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly RecordedEvents _audience = new();
    private ILobby? _lobby;

    protected abstract ILobby Create(LobbyRules rules, IEvents audience);

    private ILobby Lobby => _lobby ??= Create(new LobbyRules(), _audience);

    [Fact]
    public async Task A_user_who_never_came_is_not_found()
    {
        var nobody = await Lobby.Find(UserName.From("Nemo"));

        Assert.Null(nobody);
    }

    [Fact]
    public async Task An_accepted_decision_is_stored_and_its_events_are_published()
    {
        var ann = await Join("Ann");

        var stored = await Lobby.Find(ann);

        Assert.Equal(ann, stored!.Name);
        Assert.IsType<LobbyEvent.Connected>(Assert.Single(_audience.Lobby));
    }

    [Fact]
    public async Task A_refused_decision_stores_and_publishes_nothing()
    {
        var ann = await Join("Ann");
        var (before, published) = (await Lobby.List(10), _audience.Lobby);

        var decision = await Lobby.Decide([ann], lobby => lobby.Cancel(ann, UserName.From("Bob")));

        Assert.IsType<Decision<Lobby, LobbyEvent>.Refused>(decision);
        Assert.Equal(before.Version, (await Lobby.List(10)).Version);
        Assert.Equal(published, _audience.Lobby);
    }

    [Fact]
    public async Task Both_ends_of_an_invitation_change_in_one_step()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));

        await Lobby.Decide([ann, bob], lobby => lobby.Challenge(ann, bob, null, new GameId("g"), Now));

        Assert.Equal(UserState.InvitationSent, (await Lobby.Find(ann))!.State);
        Assert.Equal(UserState.InvitationReceived, (await Lobby.Find(bob))!.State);
    }

    [Fact]
    public async Task A_transition_sees_whoever_the_users_concerned_have_an_invitation_with()
    {
        var (ann, bob) = (await Join("Ann"), await Join("Bob"));
        await Lobby.Decide([ann, bob], lobby => lobby.Challenge(ann, bob, null, new GameId("g"), Now));
        var left = Now.AddHours(1);
        await Lobby.Decide([ann], lobby => lobby.Disconnect(ann, new ConnectionId("Ann"), onPurpose: true, Now));

        await Lobby.Decide([ann], lobby => lobby.Leave(ann, left));

        Assert.Null(await Lobby.Find(ann));
        Assert.Equal(UserState.Available, (await Lobby.Find(bob))!.State);
    }

    [Fact]
    public async Task Of_many_who_decide_at_once_about_the_same_user_one_wins_and_the_others_see_it()
    {
        var bob = await Join("Bob");
        var rivals = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Join($"Rival{i}")));

        using var together = new Barrier(rivals.Length);
        var decisions = await Task.WhenAll(rivals.Select(rival => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return Lobby.Decide([rival, bob], lobby => lobby.Challenge(rival, bob, null, new GameId("g"), Now)).AsTask();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        var winner = rivals[Array.FindIndex(decisions, decision => decision is Decision<Lobby, LobbyEvent>.Accepted)];
        Assert.Equal(1, decisions.Count(decision => decision is Decision<Lobby, LobbyEvent>.Accepted));
        Assert.All(decisions.OfType<Decision<Lobby, LobbyEvent>.Refused>(), refused => Assert.Equal(Refusal.OpponentIsBusy, refused.Why));
        Assert.Equal(winner, (await Lobby.Find(bob))!.Invitation!.From);
    }

    [Fact]
    public async Task The_list_shows_who_came_first_first_and_says_how_many_there_are()
    {
        foreach (var (name, minute) in (IEnumerable<(string, int)>)[("Zoe", 1), ("Max", 2), ("Ann", 3)]) await Join(name, Now.AddMinutes(minute));

        var list = await Lobby.List(2);

        Assert.Equal(["Zoe", "Max"], list.Users.Select(user => user.Name.Text));
        Assert.Equal(3, list.Online);
    }

    [Fact]
    public async Task The_list_s_version_grows_with_every_change()
    {
        var ann = await Join("Ann");
        var before = await Lobby.List(10);

        await Lobby.Decide([ann], lobby => lobby.SetOpen(ann, true));
        var after = await Lobby.List(10);

        Assert.True(after.Version > before.Version);
        Assert.True(after.Users.Single().OpenToMore);
    }

    [Fact]
    public async Task Who_is_away_is_found_but_neither_listed_nor_searched()
    {
        var ann = await Join("Ann");
        await Lobby.Decide([ann], lobby => lobby.Disconnect(ann, new ConnectionId("Ann"), onPurpose: false, Now));

        var (list, search) = (await Lobby.List(10), await Lobby.Search("a", 10));

        Assert.NotNull(await Lobby.Find(ann));
        Assert.Empty(list.Users);
        Assert.Equal(0, list.Online);
        Assert.Empty(search);
    }

    [Fact]
    public async Task Search_finds_names_by_their_beginning_without_regard_to_case_in_their_order()
    {
        foreach (var name in (string[])["Bob", "bea", "Ann", "BORIS"]) await Join(name);

        var found = await Lobby.Search("b", 2);

        Assert.Equal(["bea", "Bob"], found.Select(user => user.Name.Text));
    }

    [Fact]
    public async Task What_is_due_is_due_from_its_moment_on()
    {
        var (ann, bob, cy) = (await Join("Ann"), await Join("Bob"), await Join("Cy"));
        await Lobby.Decide([ann, bob], lobby => lobby.Challenge(ann, bob, null, new GameId("g"), Now));
        await Lobby.Decide([cy], lobby => lobby.Disconnect(cy, new ConnectionId("Cy"), onPurpose: false, Now));
        var rules = new LobbyRules();

        var nothing = await Lobby.Due(Now);
        var absence = await Lobby.Due(Now + rules.GraceWithoutGame);
        var both = await Lobby.Due(Now + rules.InvitationLifetime);

        Assert.Equal((0, 0), (nothing.Invitations.Length, nothing.Absences.Length));
        Assert.Equal([cy], absence.Absences.AsEnumerable());
        Assert.Equal(ann, Assert.Single(both.Invitations).From);
    }

    private async Task<UserName> Join(string text, DateTimeOffset? at = null)
    {
        var name = UserName.From(text);
        await Lobby.Decide([name], lobby => lobby.Connect(new User(name, UserKind.Guest, new Credential(text), at ?? Now), new ConnectionId(text)));
        return name;
    }
}
