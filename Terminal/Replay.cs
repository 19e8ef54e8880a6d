namespace ConnectFour.Terminal;

/// <summary>Steps through a game that was played.</summary>
internal sealed class Replay : Activity
{
    private const string Keys = "arrows: a move on or back   Home, End: start, end   j: jump to a ply\nq: leave";
    private const string Lines = "Commands: forward, back, start, end, jump PLY, quit.";

    private readonly Record _record;
    private Walk _walk;
    private string _notice = "";

    public Replay(Record record) => (_record, _walk) = (record, Walk.Along(record.Moves));

    /// <param name="Whole">What else is known of the game, or null.</param>
    internal sealed record Record(Notation Moves, GameRecord? Whole)
    {
        /// <summary>A notation, or the name of a file with one or with a game record.</summary>
        /// <exception cref="FormatException">It is neither; the message says what is wrong.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static Record Read(string text)
        {
            if (!File.Exists(text)) return Notation.TryFrom(text, out var moves, out var problem) ? new(moves, null) : throw new FormatException($"'{text}' is neither a file nor a notation. {problem}");

            var content = File.ReadAllText(text);
            if (content.TrimStart().StartsWith('['))
                return GameRecord.TryParse(content, out var whole, out var wrong) ? new(whole.Moves, whole) : throw new FormatException($"{text}: {wrong}");

            return Notation.TryFrom(string.Concat(content.Where(c => !char.IsWhiteSpace(c))), out var read, out var fault) ? new(read, null) : throw new FormatException($"{text}: {fault}");
        }
    }

    public override Scene Scene
    {
        get
        {
            var here = _walk.Here;
            return new()
            {
                Title = _record.Whole is { } game ? $"Connect Four - {game.First.Name} against {game.Second.Name}" : "Connect Four - replay",
                Board = new BoardView(here.Board)
                {
                    First = _record.Whole?.First.Colour ?? Player.First.UsualColour,
                    Second = _record.Whole?.Second.Colour ?? Player.Second.UsualColour,
                    Last = _walk.Last,
                },
                Side = [.. About(), .. Words.Moves("Moves", here.ToString()), new(""), .. Words.Moves("To come", _walk.Line.ToString()[_walk.Ply..])],
                Status = $"Ply {_walk.Ply} of {_walk.Line.Plies}. {(_walk.Ply < _walk.Line.Plies ? Words.Status(here) : End(here))}",
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
            case Command.Do { Act: Act.Right or Act.Down or Act.Enter or Act.Forward }: _walk = _walk.Forward(); break;
            case Command.Do { Act: Act.Left or Act.Up or Act.Back }: _walk = _walk.Back(); break;
            case Command.Do { Act: Act.Start }: _walk = _walk.JumpTo(0); break;
            case Command.Do { Act: Act.End }: _walk = _walk.JumpTo(_walk.Line.Plies); break;
            case Command.Jump jump: _walk = _walk.JumpTo(jump.Ply); break;
            case Command.Other other: _notice = $"'{other.Text}' is no command here; ? tells what is."; break;
            default: _notice = "Here one only looks: analyse lets one try."; break;
        }
    }

    private IEnumerable<SceneLine> About()
    {
        if (_record.Whole is not { } game) yield break;

        yield return new($"X  {game.First.Name}{Left(Player.First)}");
        yield return new($"O  {game.Second.Name}{Left(Player.Second)}");
        yield return new("");
    }

    /// <summary>What was left to a player here, if the game had clocks.</summary>
    private string Left(Player player)
    {
        if (_record.Whole is not { Control: { } control } game) return "";

        // An opening has an even number of discs, so that the first one played is player 1's.
        var played = Enumerable.Range(0, Math.Max(0, _walk.Ply - game.Opening.Plies)).LastOrDefault(at => at % 2 == (int)player, -1);
        return $"  {Words.Clock(played < 0 ? control.Initial : game.Remaining[played])}";
    }

    private string End(Notation here) => _record.Whole?.Outcome switch
    {
        Outcome.Forfeit forfeit => $"{BoardView.Letter(forfeit.By)} gave up.",
        Outcome.Flag flag => $"{BoardView.Letter(flag.Of)}'s time ran out.",
        Outcome.Absence absence => $"{BoardView.Letter(absence.Of)} stayed away.",
        _ => Words.Status(here),
    };
}
