namespace ConnectFour.Terminal.Online;

/// <summary>The lobby of a server and one's games there.</summary>
internal sealed class OnlinePlay : Activity
{
    private const string LobbyKeys = "arrows, Enter: challenge   c: challenge a name   a: accept   d: decline\nx: withdraw   Tab: games   q: leave";
    private const string GameKeys = "1-7, arrows, Enter: drop   g: give up   r: rematch   a, d: accept, decline\nTab: lobby, other games   : swap, : claim   q: to the lobby";
    private const string Lines =
        "Commands: challenge NAME [180+2|none], accept, decline, cancel, wait, 1-7, resign, rematch, swap, claim, next (lobby, games), quit. wait: until it is your turn, you are asked or a game ends.";

    /// <summary>How often the server is asked whether something was missed.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private const int ShownUsers = 13;

    private readonly TimeProvider _time;
    private readonly ServerLine _line;
    private readonly Uri _server;
    private readonly long _begun;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private readonly ITimer _beat;

    private Session _session;
    private Column _cursor = Column.From(4);
    private string? _selected;
    private bool _isWaiting;
    private Command? _toConfirm;

    public OnlinePlay(Uri server, UserName name, Backstage backstage, TimeProvider time)
    {
        (_server, _time, _begun, _session) = (server, time, time.GetTimestamp(), new Session(name.Text));
        _line = new ServerLine(server, time, seed: (int)time.GetTimestamp());
        _work = Task.Run(() => _line.Run(
            opened: () => backstage.Post(() => Say(_session.Greet())),
            heard: message => backstage.Post(() => Hear(message)),
            changed: state => backstage.Post(() => _session = _session with { Line = state, Asked = _session.Asked.Clear() }),
            _stop.Token));
        _beat = time.CreateTimer(_ => backstage.Post(() => Ask(_session.Ping())), null, Beat, Beat);
    }

    /// <summary>A script goes on when it has its answers; after <c>wait</c>, when there is something for it to do.</summary>
    public override bool IsSettled => _session.Line switch
    {
        LineState.Ended => true,
        LineState.Open => IsAnswered && !_isWaiting,
        _ => false,
    };

    public override bool IsWorthShowing => _session.Line is not LineState.Open || IsAnswered;

    public override Scene Scene => _session.Game is { } game ? GameScene(game) : LobbyScene();

    private TimeSpan Now => _time.GetElapsedTime(_begun);

    private bool IsAnswered => _session.Asked.Values.All(question => question is ClientMessage.Ping);

    private bool HasSomethingToDo => _session switch
    {
        { Line: LineState.Ended } or { Pending.Status: "received" } or { IsMyTurn: true } => true,
        { Game: { } game } => game.IsOver,
        _ => false,
    };

    public override void Handle(Command command)
    {
        var confirmed = command == _toConfirm;
        _toConfirm = null;
        _session = _session with { Notice = "" };
        switch (command)
        {
            case Command.Do { Act: Act.Leave } when _session.Shown is not null && _session.Line is not LineState.Ended: _session = _session with { Shown = null }; break;
            case Command.Do { Act: Act.Leave } when !confirmed && _session.Line is LineState.Open && _session.Games.Values.Any(game => !game.IsOver):
                Confirm(command, "A game of yours is running. Once more leaves it, and it will be lost.");
                break;
            case Command.Do { Act: Act.Leave }: IsLeft = true; break;
            case Command.Do { Act: Act.Next }: ShowNext(); break;
            case Command.Do { Act: Act.Wait }: _isWaiting = !HasSomethingToDo; break;
            case Command.Do { Act: Act.Help }: Note(Lines); break;
            case var _ when _session.Line is not LineState.Open: Note("There is no connection just now."); break;
            case Command.Challenge challenge: Ask(new ClientMessage.Challenge(challenge.Opponent, ControlOf(challenge.Control))); break;
            case Command.Do { Act: Act.Accept } when _session.Pending is { Status: "received" } asked: Ask(new ClientMessage.Accept(asked.From)); break;
            case Command.Do { Act: Act.Decline } when _session.Pending is { Status: "received" } asked: Ask(new ClientMessage.Decline(asked.From)); break;
            case Command.Do { Act: Act.Cancel } when _session.Pending is { Status: "sent" } sent: Ask(new ClientMessage.Cancel(sent.To)); break;
            case Command.Do { Act: Act.Accept or Act.Decline or Act.Cancel }: Note("There is no such invitation."); break;
            case var _ when _session.Game is { } game: Play(game, command, confirmed); break;
            case Command.Do { Act: Act.Up }: Select(-1); break;
            case Command.Do { Act: Act.Down }: Select(1); break;
            case Command.Do { Act: Act.Enter } when _selected is { } name: Ask(new ClientMessage.Challenge(name, ControlOf(TimeControl.Default))); break;
            default: Note("That cannot be done in the lobby; ? tells what can."); break;
        }
    }

    protected override async ValueTask Finish()
    {
        await _beat.DisposeAsync();
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private static WireControl? ControlOf(TimeControl? control) => control is null ? null : new((int)control.Initial.TotalSeconds, (int)control.Increment.TotalSeconds);

    private void Play(OnlineGame game, Command command, bool confirmed)
    {
        switch (command)
        {
            case Command.Do { Act: Act.Left }: _cursor = Words.Beside(_cursor, -1); break;
            case Command.Do { Act: Act.Right }: _cursor = Words.Beside(_cursor, 1); break;
            case Command.Drop drop: Drop(game, drop.Column); break;
            case Command.Do { Act: Act.Enter or Act.Down }: Drop(game, _cursor); break;
            case Command.Do { Act: Act.Rematch }: Ask(new ClientMessage.Rematch(game.Id)); break;
            case Command.Do { Act: Act.Resign } when game.IsOver: Note("The game is over."); break;
            case Command.Do { Act: Act.Resign } when !confirmed: Confirm(command, "Once more gives the game up: it counts as a loss."); break;
            case Command.Do { Act: Act.Resign }: Ask(new ClientMessage.Quit(game.Id)); break;
            case Command.Other { Text: "swap" }: Ask(new ClientMessage.Swap(game.Id)); break;
            case Command.Other { Text: "claim" }: Ask(new ClientMessage.Claim(game.Id)); break;
            default: Note("That cannot be done in a game; ? tells what can."); break;
        }
    }

    private void Drop(OnlineGame game, Column column)
    {
        // What is plain to see need not be asked; the server judges all the same.
        if (game.IsOver) Note("The game is over: r asks for another one, q goes to the lobby.");
        else if (!_session.IsMyTurn) Note("It is not your turn.");
        else if (Words.Objection(game.Moves, column) is { } objection) Note(objection);
        else
        {
            _cursor = column;
            Ask(new ClientMessage.Move(game.Id, game.Moves.Plies, column.Number));
        }
    }

    private void Hear(ServerMessage message)
    {
        (_session, var question) = _session.Hear(message, Now);
        if (question is not null) Ask(question);
        if (HasSomethingToDo) _isWaiting = false;
    }

    private void Ask(ClientMessage question) => Say(_session.Ask(question));

    private void Say((Session Session, ClientMessage Message) asked)
    {
        _session = asked.Session;
        _line.Send(asked.Message);
    }

    private void Note(string notice) => _session = _session with { Notice = notice };

    private void Confirm(Command command, string question)
    {
        _toConfirm = command;
        Note(question);
    }

    private ImmutableArray<WireUser> Others => [.. _session.Users.Values.Where(user => !string.Equals(user.Name, _session.Name, StringComparison.OrdinalIgnoreCase))];

    private void Select(int step)
    {
        var others = Others;
        if (others.Length == 0) return;
        _selected = others[Math.Clamp(Selected(others) + step, 0, others.Length - 1)].Name;
    }

    /// <summary>By name, because the list changes.</summary>
    private int Selected(ImmutableArray<WireUser> others) =>
        _selected is null ? -1 : others.TakeWhile(user => string.Compare(user.Name, _selected, StringComparison.OrdinalIgnoreCase) < 0).Count() is var at && at < others.Length ? at : others.Length - 1;

    private void ShowNext()
    {
        var games = _session.Games.Values.Where(game => !game.IsOver || game.Id == _session.Shown).Select(game => game.Id).Order(StringComparer.Ordinal).ToList();
        var next = _session.Shown is null ? 0 : games.IndexOf(_session.Shown) + 1;
        _session = _session with { Shown = next < games.Count ? games[next] : null };
    }

    private Scene LobbyScene()
    {
        var others = Others;
        var selected = Selected(others);
        var from = Math.Clamp(selected - ShownUsers / 2, 0, Math.Max(0, others.Length - ShownUsers));
        return new()
        {
            Title = $"Connect Four - {_session.Name} at {_server.GetLeftPart(UriPartial.Authority)}",
            Side =
            [
                new($"{_session.Online} here", Ink.Dim),
                .. others.Skip(from).Take(ShownUsers).Select((user, i) => Row(user, from + i == selected)),
                .. others.Length == 0 ? [new SceneLine("Nobody else is here yet.")] : ImmutableArray<SceneLine>.Empty,
            ],
            Status = LineStatus() ?? (_session.Pending is { Status: "received" } asked ? $"{asked.From} would like to play ({Clock(asked.Clock)})." : "The lobby."),
            Notice = _session.Notice,
            KeyHint = LobbyKeys,
            WordHint = Lines,
        };
    }

    private static SceneLine Row(WireUser user, bool isSelected) => new(
        $"{(isSelected ? '>' : ' ')} {user.Name,-UserName.MaxLength}  {State(user),-22}  {(user.Kind == "bot" ? "bot" : user.Rating is { } rating ? $"{rating}" : "")}",
        isSelected ? Ink.Strong : user.State == "AVAILABLE" ? Ink.Plain : Ink.Dim);

    private static string State(WireUser user) => user.State switch
    {
        "AVAILABLE" => "free",
        "PLAYING" => user.Open ? "playing, open to more" : "playing",
        _ => "is being asked",
    };

    private static string Clock(WireControl? clock) => clock is null ? "no clocks" : $"{clock.Initial}+{clock.Increment} s";

    private Scene GameScene(OnlineGame game) => new()
    {
        Title = $"Connect Four - {game.Players[0].Name} against {game.Players[1].Name}",
        Board = new BoardView(game.Moves.Board)
        {
            First = game.ColourOf(Player.First),
            Second = game.ColourOf(Player.Second),
            Last = game.Moves.Plies > 0 ? game.Moves[game.Moves.Plies - 1] : null,
            Cursor = game.IsOver ? null : _cursor,
        },
        Clocks = game.Clock is null ? [] : [Seat(game, Player.First, Now), Seat(game, Player.Second, Now)],
        Side =
        [
            .. game.Clock is null ? [Seat(game, Player.First, null), Seat(game, Player.Second, null)] : ImmutableArray<SceneLine>.Empty,
            new(""), .. Words.Moves("Moves", game.Moves.ToString()),
        ],
        Status = LineStatus() ?? (game.IsOver ? game.Ending(_session.Name) : _session.IsMyTurn ? "Your turn." : game.Sent is { } sent ? $"Column {sent} ..." : "The other side is to move."),
        Notice = _session.Notice,
        KeyHint = GameKeys,
        WordHint = Lines,
    };

    private SceneLine Seat(OnlineGame game, Player player, TimeSpan? now)
    {
        var (name, isMe) = (game.Players[(int)player].Name, game.SideOf(_session.Name) == player);
        var clock = now is { } at && game.Left(player, at) is { } left ? Words.Clock(left) : "";
        return new(
            $"{BoardView.Letter(player)}  {(isMe ? $"{name} (you)" : name),-26}{clock,7}{(game.Players[(int)player].Connected ? "" : " away")}",
            game.ToMove == player ? Ink.Strong : Ink.Plain);
    }

    private string? LineStatus() => _session.Line switch
    {
        LineState.Open => null,
        LineState.Connecting => "Connecting ...",
        LineState.Lost lost => $"No connection, trying again. {lost.Why}",
        LineState.Ended ended => $"{ended.Why} q leaves.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
