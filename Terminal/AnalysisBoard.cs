namespace ConnectFour.Terminal;

/// <summary>A board to try things on, with what each column is worth.</summary>
internal sealed class AnalysisBoard : Activity
{
    private const string Keys = "1-7, arrows, Enter: drop   u: take back   f: forward   Home, End   j: jump\np: paste a notation   n: empty board   s: scores on or off   q: leave";
    private const string Lines = "Commands: 1-7, back, forward, start, end, jump PLY, paste NOTATION, new, scores, quit.";

    private readonly Analyst _analyst;
    private Walk _walk;
    private Column _cursor = Column.From(4);
    private string _notice = "";
    private bool _showsScores = true;

    public AnalysisBoard(Analyst analyst, Notation moves)
    {
        (_analyst, _walk) = (analyst, Walk.AtEndOf(moves));
        Look();
    }

    public override bool IsSettled => !_showsScores || _analyst.IsDone;

    public override Scene Scene
    {
        get
        {
            var here = _walk.Here;
            return new()
            {
                Title = "Connect Four - analysis",
                Board = new BoardView(here.Board)
                {
                    Last = _walk.Last,
                    Cursor = here.IsFinished ? null : _cursor,
                    Scores = _showsScores && !here.IsFinished ? ScoreLine.Of(here.Board, _analyst.Known) : null,
                },
                Side = [.. Words.Moves("Moves", here.ToString()), .. Rest(), .. Explained(here)],
                Status = Words.Status(here),
                Notice = _notice,
                KeyHint = Keys,
                WordHint = Lines,
            };
        }
    }

    public override void Handle(Command command)
    {
        _notice = "";
        switch (command)
        {
            case Command.Do { Act: Act.Leave }: IsLeft = true; break;
            case Command.Do { Act: Act.Left }: _cursor = Words.Beside(_cursor, -1); break;
            case Command.Do { Act: Act.Right }: _cursor = Words.Beside(_cursor, 1); break;
            case Command.Do { Act: Act.Enter or Act.Down }: Drop(_cursor); break;
            case Command.Drop drop: Drop(drop.Column); break;
            case Command.Do { Act: Act.Back or Act.Up }: _walk = _walk.Back(); break;
            case Command.Do { Act: Act.Forward }: _walk = _walk.Forward(); break;
            case Command.Do { Act: Act.Start }: _walk = _walk.JumpTo(0); break;
            case Command.Do { Act: Act.End }: _walk = _walk.JumpTo(_walk.Line.Plies); break;
            case Command.Jump jump: _walk = _walk.JumpTo(jump.Ply); break;
            case Command.Do { Act: Act.New }: _walk = default; break;
            case Command.Do { Act: Act.Scores }: _showsScores = !_showsScores; break;
            case Command.Paste paste: Paste(paste.Text); break;
            case Command.Do { Act: Act.Help }: _notice = "+ wins, - loses, 0 draws for the side to move; the sooner, the more."; break;
            case Command.Other other: _notice = $"'{other.Text}' is no command here; ? tells what is."; break;
            default: _notice = "That cannot be done here."; break;
        }
        Look();
    }

    protected override ValueTask Finish() => _analyst.DisposeAsync();

    private IEnumerable<SceneLine> Rest() =>
        _walk.Ply < _walk.Line.Plies ? Words.Moves("Then", _walk.Line.ToString()[_walk.Ply..]).Prepend(new("")) : [];

    private IEnumerable<SceneLine> Explained(Notation here)
    {
        if (!_showsScores || here.IsFinished) yield break;

        yield return new("");
        if (_analyst is not { IsDone: true, Known: { } known })
        {
            yield return new("Searching ...", Ink.Dim);
            yield break;
        }
        yield return new($"Best: column {string.Join(", ", known.BestColumns)}", Ink.Strong);
        yield return new(Words.Verdict(here.Board, known.Score));
    }

    private void Drop(Column column)
    {
        if (Words.Objection(_walk.Here, column) is { } objection) _notice = objection;
        else (_walk, _cursor) = (_walk.Drop(column), column);
    }

    private void Paste(string text)
    {
        if (Notation.TryFrom(text, out var moves, out var problem)) _walk = Walk.AtEndOf(moves);
        else _notice = problem!;
    }

    private void Look()
    {
        if (_showsScores) _analyst.Ask(_walk.Here.Board);
    }
}
