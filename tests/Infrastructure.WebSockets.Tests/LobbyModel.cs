namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>
/// The rules of the lobby as one would explain them on a whiteboard: mutable, slow, written from the rules' text and not from the code. Says what each command is answered with.
/// </summary>
internal sealed class LobbyModel(int maxGames)
{
    public sealed class Player
    {
        public int Connections { get; set; }
        public bool Open { get; set; }
        public (string From, string To, double Expires, string First)? Invitation { get; set; }
        public List<Match> Games { get; } = [];
        public Match? LastFinished { get; set; }
        public (int Wins, int Losses, int Draws) Record { get; set; }
        public double? LeavesAt { get; set; }
    }

    public sealed class Match(string first, string second)
    {
        public string First => first;
        public string Second => second;
        public List<Column> Moves { get; } = [];
        public HashSet<string> Watchers { get; } = [];
        public bool IsOver { get; set; }
    }

    private double _now;

    public SortedDictionary<string, Player> Players { get; } = [];

    public List<Match> Matches { get; } = [];

    public string Connect(string name)
    {
        if (!Players.TryGetValue(name, out var player)) Players[name] = player = new Player();
        player.Connections++;
        player.LeavesAt = null;
        return "ok";
    }

    public void Close(string name, bool onPurpose)
    {
        var player = Players[name];
        if (--player.Connections == 0) player.LeavesAt = _now + (player.Games.Count == 0 ? 5 : onPurpose ? 15 : 60);
    }

    public string Challenge(string by, string opponent, string? first = null)
    {
        if (by == opponent) return "cannot_challenge_yourself";
        if (!Players.TryGetValue(opponent, out var other) || other.Connections == 0) return "unknown_user";
        var me = Players[by];
        if (me.Invitation is { } theirs && theirs.From == opponent && theirs.To == by) return Accept(by, opponent);
        if (me.Invitation is not null) return "you_are_busy";
        if (me.Games.Count >= maxGames) return "too_many_games";
        if (other.Invitation is not null || other.Games.Count > 0 && (!other.Open || other.Games.Count >= maxGames)) return "opponent_is_busy";
        me.Invitation = other.Invitation = (by, opponent, _now + 30, first ?? opponent);
        return "ok";
    }

    public string Rematch(string by)
    {
        var match = Players[by].LastFinished!;
        return Challenge(by, by == match.First ? match.Second : match.First, match.Second);
    }

    public string Accept(string by, string opponent)
    {
        if (Players[by].Invitation is not { } invitation || invitation.From != opponent || invitation.To != by) return "no_such_invitation";
        Free(invitation.From, invitation.To);
        var match = new Match(invitation.First, invitation.First == by ? opponent : by);
        Matches.Add(match);
        foreach (var player in (Player[])[Players[by], Players[opponent]])
        {
            if (player.Connections == 0 && player.Games.Count == 0) player.LeavesAt = _now + 60;
            player.Games.Add(match);
        }
        return "ok";
    }

    public string End(string from, string to, string by)
    {
        if (Players[by].Invitation is not { } invitation || invitation.From != from || invitation.To != to) return "no_such_invitation";
        Free(from, to);
        return "ok";
    }

    public string Move(string by, Match match, int column)
    {
        if (by != (match.Moves.Count % 2 == 0 ? match.First : match.Second)) return "not_your_turn";
        if (new NaiveBoard(match.Moves).IsColumnFull(column)) return "column_full";
        match.Moves.Add(Column.From(column));
        var board = new NaiveBoard(match.Moves);
        if (board.Winner is not null) Finish(match, winner: by);
        else if (match.Moves.Count == 42) Finish(match, winner: null);
        return "ok";
    }

    public string Quit(string by, Match match)
    {
        Finish(match, winner: by == match.First ? match.Second : match.First);
        return "ok";
    }

    public void Pass(double seconds)
    {
        for (var end = _now + seconds; _now < end;)
        {
            _now += 0.5;
            foreach (var player in Players.Values)
                if (player.Invitation is { } invitation && invitation.Expires <= _now) Free(invitation.From, invitation.To);
            foreach (var (name, player) in Players.Where(entry => entry.Value.LeavesAt <= _now).OrderBy(entry => entry.Value.LeavesAt).ToArray())
            {
                foreach (var match in player.Games.ToArray()) Quit(name, match);
                if (player.Invitation is { } invitation) Free(invitation.From, invitation.To);
                foreach (var match in Matches) match.Watchers.Remove(name);
                Players.Remove(name);
            }
        }
    }

    /// <summary>What the list shows of everybody who is here.</summary>
    public IEnumerable<string> Shown() => Players.Where(entry => entry.Value.Connections > 0).Select(entry =>
    {
        var player = entry.Value;
        var state = player.Invitation is { } invitation ? invitation.From == entry.Key ? "INVITATION_SENT" : "INVITATION_RECEIVED" : player.Games.Count > 0 ? "PLAYING" : "AVAILABLE";
        return $"{entry.Key} {state} {player.Games.Count} {player.Open} {player.Record}";
    });

    private void Free(string from, string to)
    {
        foreach (var name in (string[])[from, to])
            if (Players.TryGetValue(name, out var player)) player.Invitation = null;
    }

    private void Finish(Match match, string? winner)
    {
        match.IsOver = true;
        match.Watchers.Clear();
        foreach (var name in (string[])[match.First, match.Second])
        {
            var player = Players[name];
            var (wins, losses, draws) = player.Record;
            player.Record = winner is null ? (wins, losses, draws + 1) : winner == name ? (wins + 1, losses, draws) : (wins, losses + 1, draws);
            player.Games.Remove(match);
            player.LastFinished = match;
        }
    }
}
