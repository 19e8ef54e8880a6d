namespace ConnectFour.Terminal;

/// <summary>Two people at one keyboard, or one person and a bot.</summary>
internal sealed class Match : Activity
{
    private const string Keys = "1-7: drop   arrows, Enter: drop at the arrow   u: take back   n: new game\nq: leave";
    private const string Lines = "Commands: 1-7 drop a disc, back takes it back, new begins again, quit leaves.";

    private readonly Backstage _backstage;
    private readonly Bot? _bot;
    private readonly CancellationTokenSource _stop = new();
    private Task _thinking = Task.CompletedTask;
    private Notation _moves;
    private Column _cursor = Column.From(4);
    private string _notice = "";
    private bool _isThinking;

    public Match(Backstage backstage, Bot? bot = null)
    {
        (_backstage, _bot) = (backstage, bot);
        LetTheBotMove();
    }

    /// <param name="Side">Which side it plays.</param>
    internal sealed record Bot(Level Level, Player Side, Chooser Choose);

    public override bool IsSettled => !_isThinking;

    public override Scene Scene => new()
    {
        Title = _bot is null ? "Connect Four - two at one keyboard" : $"Connect Four - you against {_bot.Level}",
        Board = new BoardView(_moves.Board) { Last = _moves.Plies > 0 ? _moves[_moves.Plies - 1] : null, Cursor = _moves.IsFinished ? null : _cursor },
        Side = [Seat(Player.First), Seat(Player.Second), new(""), .. Words.Moves("Moves", _moves.ToString())],
        Status = _isThinking ? $"{_bot!.Level} is thinking ..." : Words.Status(_moves),
        Notice = _notice,
        KeyHint = Keys,
        WordHint = Lines,
    };

    public override void Handle(Command command)
    {
        _notice = "";
        switch (command)
        {
            case Command.Do { Act: Act.Leave }: IsLeft = true; break;
            case Command.Do { Act: Act.Left }: _cursor = Words.Beside(_cursor, -1); break;
            case Command.Do { Act: Act.Right }: _cursor = Words.Beside(_cursor, 1); break;
            case Command.Do { Act: Act.Help }: _notice = "Four in line wins: across, down or slanting."; break;
            case var _ when _isThinking: _notice = "It is not your turn."; break;
            case Command.Do { Act: Act.Enter or Act.Down }: Drop(_cursor); break;
            case Command.Drop drop: Drop(drop.Column); break;
            case Command.Do { Act: Act.Back }: TakeBack(); break;
            case Command.Do { Act: Act.New }: Begin(default); break;
            case Command.Other other: _notice = $"'{other.Text}' is no command here; ? tells what is."; break;
            default: _notice = "That cannot be done here."; break;
        }
    }

    protected override async ValueTask Finish()
    {
        await _stop.CancelAsync();
        await _thinking;
        _stop.Dispose();
    }

    private SceneLine Seat(Player player) => new(
        $"{BoardView.Letter(player)}  {(_bot is null ? $"Player {(int)player + 1}" : _bot.Side == player ? $"{_bot.Level}" : "You")}",
        !_moves.IsFinished && _moves.Board.ToMove == player ? Ink.Strong : Ink.Plain);

    private void Drop(Column column)
    {
        if (Words.Objection(_moves, column) is { } objection)
        {
            _notice = _moves.IsFinished ? $"{objection} n (new) begins another one." : objection;
            return;
        }
        _cursor = column;
        Begin(_moves.Then(column));
    }

    /// <summary>The last move of whoever asks, and so the bot's after it.</summary>
    private void TakeBack()
    {
        var text = _moves.ToString();
        var own = _bot is null ? text.Length - 1 : Enumerable.Range(0, text.Length).LastOrDefault(ply => ply % 2 != (int)_bot.Side, -1);
        if (own < 0) _notice = "There is no move to take back.";
        else Begin(Notation.From(text[..own]));
    }

    private void Begin(Notation moves)
    {
        _moves = moves;
        LetTheBotMove();
    }

    private void LetTheBotMove()
    {
        if (_bot is null || _moves.IsFinished || _moves.Board.ToMove != _bot.Side) return;

        var moves = _moves;
        _isThinking = true;
        _thinking = Task.Run(() =>
        {
            try
            {
                var column = _bot.Choose(moves.Board, _stop.Token);
                _backstage.Post(() => (_isThinking, _moves, _notice) = (false, moves.Then(column), $"{_bot.Level} drops in column {column}."));
            }
            catch (OperationCanceledException)
            {
                // Nobody waits for it any more.
            }
        });
    }
}
