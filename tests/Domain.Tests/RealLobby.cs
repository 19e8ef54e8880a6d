using System.Collections.Immutable;
using System.Globalization;
using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Lobby, ConnectFour.Domain.LobbyEvent>;

namespace ConnectFour.Domain.Tests;

/// <summary>Carries the commands of a <see cref="LobbyModel"/> out on the real lobby, and describes it in the model's words.</summary>
internal sealed class RealLobby(LobbyRules rules)
{
    private static readonly TimeControl Clock = TimeControl.From(60, 1);

    private readonly List<Game> _games = [];
    private readonly List<Invitation> _invitations = [];
    private DateTimeOffset _now = Instants.Start;

    public Lobby Lobby { get; private set; } = Lobby.Empty(rules);

    public List<LobbyEvent> Events { get; } = [];

    public IEnumerable<string> Told => Events.Select(Text);

    /// <summary>Games that hold their seats still.</summary>
    private ImmutableArray<Game> Running => [.. _games.Where(game => Lobby.Users.Values.Any(user => user.Games.Any(seat => seat.Game == game.Id)))];

    public string Do(LobbyCommand command, string game) => command switch
    {
        LobbyCommand.Connect c => Took(Lobby.Connect(new User(Name(c.By), UserKind.Guest, new Credential(c.Secret), _now), Tab(c.Tab))),
        LobbyCommand.Disconnect c => Took(Lobby.Disconnect(Name(c.By), Tab(c.Tab), c.OnPurpose, _now)),
        LobbyCommand.SetOpen c => Took(Lobby.SetOpen(Name(c.By), c.More)),
        LobbyCommand.Challenge c => Took(Lobby.Challenge(Name(c.By), Name(c.Opponent), c.WithClock ? Clock : null, new GameId(game), _now)),
        LobbyCommand.Cancel c => Took(Lobby.Cancel(Name(c.By), Name(c.Opponent))),
        LobbyCommand.Accept c => Took(Lobby.Accept(Name(c.By), Name(c.Opponent), new GameId(game), _now)),
        LobbyCommand.Decline c => Took(Lobby.Decline(Name(c.By), Name(c.Opponent))),
        LobbyCommand.Rematch c => Rematch(Name(c.By), game),
        LobbyCommand.Finish c => Finish(c.Game, c.Winner),
        LobbyCommand.Pass c => Pass(c.Seconds),
        _ => Sweep(),
    };

    public IEnumerable<string> Shown() => Lobby.Users.Values.OrderBy(user => user.Name.Text, StringComparer.Ordinal).Select(user =>
        $"{user.Name} {user.State} tabs {string.Join(',', user.Connections.Select(tab => tab.Value).Order())} open {user.OpenToMore}"
        + $" record {user.Tally.Wins}/{user.Tally.Losses}/{user.Tally.Draws} leaves {Seconds(user.LeavesAt)}"
        + $" [{(user.Invitation is null ? "" : Text(user.Invitation))}]"
        + $" [{string.Join(", ", user.Games.Select(seat => $"{seat.Game} {seat.Side} against {seat.Opponent}"))}]");

    private string Rematch(UserName by, string game)
    {
        if (_games.LastOrDefault(last => last.SideOf(by) is not null) is not { } last) return "Ok";
        return Took(Lobby.Rematch(by, Running.Contains(last) ? last : last.Quit(by, _now).Next, new GameId(game), _now));
    }

    private string Finish(int index, Player? winner)
    {
        if (Running is not [_, ..] running) return "Ok";
        Outcome outcome = winner is { } player ? new Outcome.Forfeit(player.Opponent) : new Outcome.FullBoard();
        return LeaveSeats(running[index % running.Length], outcome);
    }

    private string LeaveSeats(Game game, Outcome outcome) => Took(Lobby.LeaveSeats(game.Id, game.First, game.Second, outcome));

    private string Pass(int seconds)
    {
        _now = _now.AddSeconds(seconds);
        return "Ok";
    }

    // What the server does: expired invitations, then the games of whoever stayed away, then themselves.
    private string Sweep()
    {
        foreach (var invitation in Lobby.Expired(_now).OrderBy(invitation => _invitations.IndexOf(invitation)).ToArray()) Took(Lobby.Expire(invitation, _now));
        foreach (var user in Lobby.Overdue(_now).OrderBy(user => user.LeavesAt).ThenBy(user => user.Name.Text, StringComparer.Ordinal).ToArray())
        {
            foreach (var seat in Lobby.Users[user.Name].Games) LeaveSeats(_games.Single(game => game.Id == seat.Game), new Outcome.Absence(seat.Side));
            Took(Lobby.Leave(user.Name, _now));
        }
        return "Ok";
    }

    private string Took(Decision decision)
    {
        if (decision is not Decision.Accepted accepted) return ((Decision.Refused)decision).Why.ToString();

        Lobby = accepted.Next;
        Events.AddRange(accepted.Events);
        foreach (var happened in accepted.Events)
        {
            if (happened is LobbyEvent.Challenged challenged) _invitations.Add(challenged.Invitation);
            if (happened is LobbyEvent.SeatsTaken taken) _games.Add(Game.Start(new GameEvent.Started(taken.Game, taken.First, taken.Second, taken.Terms, _now)));
        }
        return "Ok";
    }

    private static string Text(LobbyEvent happened) => happened switch
    {
        LobbyEvent.Connected e => $"{e.User.Name} connected, was away: {e.WasAway}",
        LobbyEvent.WentAway e => $"{e.User.Name} is away until {Seconds(e.User.LeavesAt)}",
        LobbyEvent.Left e => $"{e.User.Name} left",
        LobbyEvent.Challenged e => $"invited: {Text(e.Invitation)}",
        LobbyEvent.InvitationEnded e => $"{e.How}{(e.Game is null ? "" : $" {e.Game}")}: {Text(e.Invitation)}",
        LobbyEvent.SeatsTaken e => $"{e.Game} begins: {e.First.Name} and {e.Second.Name}, clock: {e.Terms.Control is not null}",
        LobbyEvent.Preferred e => $"{e.User.Name} prefers to be open: {e.User.OpenToMore}",
        LobbyEvent.SeatsLeft e => $"{e.Game} ended",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Text(Invitation invitation) =>
        $"{invitation.From} to {invitation.To} until {Seconds(invitation.ExpiresAt)}, clock: {invitation.Terms.Control is not null}, "
        + $"{(invitation.First == invitation.From ? invitation.From : invitation.To)} starts, rematch of {invitation.RematchOf}";

    private static string Seconds(DateTimeOffset? at) => (at - Instants.Start)?.TotalSeconds.ToString(CultureInfo.InvariantCulture) ?? "";

    private static UserName Name(string name) => UserName.From(name);

    private static ConnectionId Tab(int tab) => new(tab.ToString(CultureInfo.InvariantCulture));
}
