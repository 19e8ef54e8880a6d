namespace ConnectFour.Domain.Tests;

/// <summary>
/// The lobby as one would explain it on a whiteboard: one list of invitations, one list of games, mutable, in seconds. Written from the rules' text
/// and not from the code: it has no two ends of anything that could disagree.
/// </summary>
internal sealed class LobbyModel(int maxGames, int maxTabs)
{
    private sealed record Invitation(string From, string To, int Expires, bool WithClock, string Starts, string? RematchOf);

    private sealed record Match(string Id, string First, string Second, bool WithClock)
    {
        public bool IsOver { get; set; }

        public bool Has(string name) => Same(First, name) || Same(Second, name);

        public string Against(string name) => Same(First, name) ? Second : First;
    }

    private sealed class Person(string name, string secret)
    {
        public string Name => name;
        public string Secret => secret;
        public HashSet<int> Tabs { get; } = [];
        public bool IsOpen { get; set; }
        public int? LeavesAt { get; set; }
        public int[] Record { get; } = new int[3];
    }

    private readonly Dictionary<string, Person> _people = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Invitation> _invitations = [];
    private readonly List<Match> _matches = [];
    private int _now;

    /// <summary>What people were told, in order.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Whether somebody can give commands: they have a tab open.</summary>
    public bool IsHere(string name) => _people.TryGetValue(name, out var person) && person.Tabs.Count > 0;

    /// <summary>Does what is asked for and says "Ok", or says why not.</summary>
    public string Do(LobbyCommand command, string game) => command switch
    {
        LobbyCommand.Connect c => Connect(c.By, c.Secret, c.Tab),
        LobbyCommand.Disconnect c => Disconnect(c.By, c.Tab, c.OnPurpose),
        LobbyCommand.SetOpen c => SetOpen(c.By, c.More),
        LobbyCommand.Challenge c => Challenge(c.By, c.Opponent, c.WithClock, starts: c.Opponent, rematchOf: null, game),
        LobbyCommand.Cancel c => Withdraw(from: c.By, to: c.Opponent, "Withdrawn"),
        LobbyCommand.Accept c => Accept(from: c.Opponent, to: c.By, game),
        LobbyCommand.Decline c => Withdraw(from: c.Opponent, to: c.By, "Declined"),
        LobbyCommand.Rematch c => Rematch(c.By, game),
        LobbyCommand.Finish c => Ok(() => Finish(c.Game, c.Winner)),
        LobbyCommand.Pass c => Ok(() => _now += c.Seconds),
        _ => Ok(Sweep),
    };

    /// <summary>Everybody, with all that can be seen of them.</summary>
    public IEnumerable<string> Shown() => _people.Values.OrderBy(person => person.Name, StringComparer.Ordinal).Select(person =>
    {
        var mine = Of(person.Name);
        var games = Running(person.Name).ToArray();
        var state = mine is null ? games.Length == 0 ? "Available" : "Playing" : mine.From == person.Name ? "InvitationSent" : "InvitationReceived";
        return $"{person.Name} {state} tabs {string.Join(',', person.Tabs.Order())} open {person.IsOpen} record {string.Join('/', person.Record)} leaves {person.LeavesAt}"
            + $" [{(mine is null ? "" : Text(mine))}]"
            + $" [{string.Join(", ", games.Select(match => $"{match.Id} {(match.First == person.Name ? "First" : "Second")} against {match.Against(person.Name)}"))}]";
    });

    private string Connect(string name, string secret, int tab)
    {
        if (_people.TryGetValue(name, out var person))
        {
            if (person.Secret != secret) return "NameTaken";
            if (person.Tabs.Contains(tab)) return "Ok";
            if (person.Tabs.Count == maxTabs) return "TooManyConnections";
        }
        else
        {
            _people[name] = person = new Person(name, secret);
        }
        Told.Add($"{person.Name} connected, was away: {person.LeavesAt is not null}");
        person.Tabs.Add(tab);
        person.LeavesAt = null;
        return "Ok";
    }

    private string Disconnect(string name, int tab, bool onPurpose)
    {
        if (_people.TryGetValue(name, out var person) && person.Tabs.Remove(tab) && person.Tabs.Count == 0)
        {
            person.LeavesAt = _now + (!Running(person.Name).Any() ? 5 : onPurpose ? 15 : 60);
            Told.Add($"{person.Name} is away until {person.LeavesAt}");
        }
        return "Ok";
    }

    private string SetOpen(string by, bool more)
    {
        _people[by].IsOpen = more;
        Told.Add($"{_people[by].Name} prefers to be open: {more}");
        return "Ok";
    }

    private string Challenge(string by, string opponent, bool withClock, string starts, string? rematchOf, string game)
    {
        if (Same(by, opponent)) return "CannotChallengeYourself";
        if (!IsHere(opponent)) return "UnknownUser";
        var (me, other) = (_people[by], _people[opponent]);
        if (Of(me.Name) is { } mine) return mine.From == other.Name && mine.Expires > _now ? Accept(opponent, by, game) : "YouAreBusy";
        if (Running(me.Name).Count() == maxGames) return "TooManyGames";
        var games = Running(other.Name).Count();
        if (Of(other.Name) is not null || games > 0 && !other.IsOpen || games == maxGames) return "OpponentIsBusy";

        var invitation = new Invitation(me.Name, other.Name, _now + 30, withClock, _people[starts].Name, rematchOf);
        _invitations.Add(invitation);
        Told.Add($"invited: {Text(invitation)}");
        return "Ok";
    }

    private string Rematch(string by, string game)
    {
        if (_matches.LastOrDefault(match => match.Has(_people[by].Name)) is not { } last) return "Ok";
        if (!last.IsOver) return "GameIsRunning";
        return Challenge(by, last.Against(_people[by].Name), last.WithClock, starts: last.Second, last.Id, game);
    }

    private string Accept(string from, string to, string game)
    {
        if (Between(from, to) is not { } invitation || invitation.Expires <= _now) return "NoSuchInvitation";

        End(invitation, $"Accepted {game}");
        var match = new Match(game, invitation.Starts, invitation.Starts == invitation.From ? invitation.To : invitation.From, invitation.WithClock);
        _matches.Add(match);
        foreach (var name in (string[])[invitation.From, invitation.To])
            if (_people[name].Tabs.Count == 0 && Running(name).Count() == 1) _people[name].LeavesAt = _now + 60;
        Told.Add($"{game} begins: {match.First} and {match.Second}, clock: {match.WithClock}");
        return "Ok";
    }

    private string Withdraw(string from, string to, string how)
    {
        if (Between(from, to) is not { } invitation) return "NoSuchInvitation";

        End(invitation, how);
        return "Ok";
    }

    private void Finish(int index, Player? winner)
    {
        var running = _matches.Where(match => !match.IsOver).ToArray();
        if (running.Length > 0) Finish(running[index % running.Length], winner);
    }

    private void Finish(Match match, Player? winner)
    {
        match.IsOver = true;
        _people[match.First].Record[winner switch { Player.First => 0, Player.Second => 1, _ => 2 }]++;
        _people[match.Second].Record[winner switch { Player.Second => 0, Player.First => 1, _ => 2 }]++;
        Told.Add($"{match.Id} ended");
    }

    private void Sweep()
    {
        foreach (var invitation in _invitations.Where(invitation => invitation.Expires <= _now).ToArray()) End(invitation, "Expired");
        foreach (var person in _people.Values.Where(person => person.LeavesAt <= _now).OrderBy(person => person.LeavesAt).ThenBy(person => person.Name, StringComparer.Ordinal).ToArray())
        {
            foreach (var match in Running(person.Name).ToArray()) Finish(match, match.First == person.Name ? Player.Second : Player.First);
            if (Of(person.Name) is { } invitation) End(invitation, "Gone");
            _people.Remove(person.Name);
            Told.Add($"{person.Name} left");
        }
    }

    private void End(Invitation invitation, string how)
    {
        _invitations.Remove(invitation);
        Told.Add($"{how}: {Text(invitation)}");
    }

    private Invitation? Of(string name) => _invitations.SingleOrDefault(invitation => invitation.From == name || invitation.To == name);

    private Invitation? Between(string from, string to) => _invitations.SingleOrDefault(invitation => Same(invitation.From, from) && Same(invitation.To, to));

    private IEnumerable<Match> Running(string name) => _matches.Where(match => !match.IsOver && match.Has(name));

    // Whoever left may come back spelt otherwise.
    private static bool Same(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static string Ok(Action action)
    {
        action();
        return "Ok";
    }

    private static string Text(Invitation invitation) =>
        $"{invitation.From} to {invitation.To} until {invitation.Expires}, clock: {invitation.WithClock}, {invitation.Starts} starts, rematch of {invitation.RematchOf}";
}
