using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ConnectFour.Domain;

public sealed partial record GameRecord
{
    private const string Format = "connect-four 1";
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string NoClock = "none";
    private const string Running = "*";
    private const string Yes = "yes";

    /// <summary>Characters of the longest text that is looked at; a game has less than 1,500.</summary>
    private const int Longest = 8_192;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Reads a text. Line ends of other systems, blank lines around it and a missing hash are no matter; everything else has to be as it is written.</summary>
    /// <param name="problem">The first thing that is wrong, with its line, for a person; null if nothing is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out GameRecord? record, [NotNullWhen(false)] out string? problem)
    {
        (record, problem) = (null, null);
        try
        {
            record = text.Length <= Longest ? Parse(new Reader(text)) : throw new FormatException($"This is longer than {Longest} characters.");
            return true;
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message;
            return false;
        }
    }

    private string Text(string? hash)
    {
        var text = new StringBuilder();
        Tag("Record", Format);
        Tag("Game", Game?.Value);
        Tag("First", First.Name.Text);
        Tag("FirstColour", Word(First.Colour));
        Tag("Second", Second.Name.Text);
        Tag("SecondColour", Word(Second.Colour));
        Tag("Started", StartedAt.ToUniversalTime().ToString(Time, Culture));
        Tag("Ended", EndedAt?.ToUniversalTime().ToString(Time, Culture));
        Tag("Clock", Control is { } control ? string.Create(Culture, $"{control.Initial.TotalSeconds}+{control.Increment.TotalSeconds}") : NoClock);
        Tag("Swapped", IsSwapped ? Yes : null);
        Tag("Rated", Stakes == Stakes.Rated ? Yes : null);
        Tag("Opening", Opening.Plies > 0 ? $"{Opening}" : null);
        Tag("Result", Result(Outcome));
        Tag("Reason", Outcome?.Reason);
        Tag("Hash", hash);
        return text.Append('\n').AppendJoin(' ', Moves.Columns.Skip(Opening.Plies).Select(Move)).Append('\n').ToString();

        void Tag(string name, string? value)
        {
            if (value is not null) text.Append('[').Append(name).Append(" \"").Append(value).Append("\"]\n");
        }
    }

    private string Move(Column column, int ply) =>
        Remaining.IsEmpty ? $"{column}" : string.Create(Culture, $"{column}{{{Remaining[ply].TotalSeconds:0.###}}}");

    private static GameRecord Parse(Reader reader)
    {
        reader.Require(reader.Tag("Record") == Format, $"a record begins with [Record \"{Format}\"]");
        var game = reader.Optional("Game");
        reader.Require(game is null || (game.Length <= 32 && game.All(char.IsAsciiLetterOrDigit)), "this is no id of a game");
        var first = new Seat(reader.Name("First"), reader.Colour("FirstColour"));
        var second = new Seat(reader.Name("Second"), reader.Colour("SecondColour"));
        reader.Require(first.Colour != second.Colour, "both players have the same colour");
        var startedAt = reader.At(reader.Tag("Started"));
        DateTimeOffset? endedAt = reader.Optional("Ended") is { } ended ? reader.At(ended) : null;
        reader.Require(endedAt is null || endedAt >= startedAt, "the game ended before it started");
        var control = reader.Clock();
        var (isSwapped, isRated) = (reader.IsSaid("Swapped"), reader.IsSaid("Rated"));
        reader.Require(!isRated || control is not null, "a game without a clock is not rated");
        var opening = reader.Opening();
        var (result, reason, hash) = (reader.Tag("Result"), reader.Optional("Reason"), reader.Optional("Hash"));
        var (moves, remaining) = reader.Moves(opening, control is not null);
        if (isSwapped && (moves.Plies == 0 || opening.Plies > 0)) throw new FormatException("There is no first disc that could have been taken over.");
        var record = new GameRecord
        {
            Game = game is null ? null : new GameId(game),
            First = first,
            Second = second,
            Control = control,
            IsSwapped = isSwapped,
            Stakes = isRated ? Stakes.Rated : Stakes.Casual,
            StartedAt = startedAt,
            EndedAt = endedAt,
            Opening = opening,
            Moves = moves,
            Remaining = remaining,
            Outcome = End(moves.Board, result, reason),
        };
        if (record.Outcome is { } outcome && !outcome.IsPossible(moves.Board, control)) throw new FormatException($"The game cannot have ended by '{reason}' after these moves.");
        if (record.Outcome is null && moves.IsFinished) throw new FormatException("The moves end the game, and the record says that it runs.");
        if (record.Outcome is null != endedAt is null) throw new FormatException("A game that has ended has the time when it did, and one that runs has not.");
        return hash is null || hash == record.Hash ? record : throw new FormatException("The hash is not that of this record: something was changed or lost.");
    }

    private static Outcome? End(Board board, string result, string? reason)
    {
        if (result == Running && reason is null) return null;
        Player? winner = result switch { "1-0" => Player.First, "0-1" => Player.Second, _ => null };
        return (reason, winner) switch
        {
            ("four", { } by) => new Outcome.FourInLine(by, board.WinningCells),
            ("full", null) when result == "1/2-1/2" => new Outcome.FullBoard(),
            ("forfeit", { } by) => new Outcome.Forfeit(by.Opponent),
            ("flag", { } by) => new Outcome.Flag(by.Opponent),
            ("absence", { } by) => new Outcome.Absence(by.Opponent),
            _ => throw new FormatException($"There is no end with the result '{result}' and the reason '{reason}'."),
        };
    }

    private static string Result(Outcome? outcome) => outcome switch
    {
        null => Running,
        { Winner: Player.First } => "1-0",
        { Winner: Player.Second } => "0-1",
        _ => "1/2-1/2",
    };

    private static string Word(DiscColour colour) => colour.ToString().ToLowerInvariant();

    /// <summary>Reads line by line; whatever is wrong is a <see cref="FormatException"/> that names the line.</summary>
    private sealed class Reader
    {
        private readonly string[] _lines;
        private int _next;

        public Reader(string text)
        {
            _lines = [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
            _next = Math.Max(0, Array.FindIndex(_lines, line => line.Length > 0));
        }

        private string Line => _next < _lines.Length ? _lines[_next] : "";

        /// <summary>About the line that was read last.</summary>
        public void Require(bool condition, string problem)
        {
            if (!condition) throw new FormatException($"Line {_next}: {problem}.");
        }

        public string Tag(string name) => Optional(name) ?? throw new FormatException($"Line {_next + 1}: here stands [{name} \"...\"].");

        public string? Optional(string name)
        {
            var beginning = $"[{name} \"";
            if (!Line.StartsWith(beginning, StringComparison.Ordinal) || !Line.EndsWith("\"]", StringComparison.Ordinal) || Line.Length < beginning.Length + 2) return null;
            return _lines[_next++][beginning.Length..^2];
        }

        /// <summary>Whether a tag is there that says yes.</summary>
        public bool IsSaid(string name)
        {
            if (Optional(name) is not { } text) return false;
            Require(text == Yes, $"[{name}] says yes, or is left out");
            return true;
        }

        public UserName Name(string tag)
        {
            var text = Tag(tag);
            if (text == UserName.Deleted.Text) return UserName.Deleted;
            Require(UserName.TryFrom(text, out var name), "this is no name");
            return name!;
        }

        public DiscColour Colour(string tag)
        {
            var text = Tag(tag);
            Require(Enum.GetValues<DiscColour>().Any(colour => Word(colour) == text), "there is no such colour");
            return Enum.GetValues<DiscColour>().First(colour => Word(colour) == text);
        }

        public DateTimeOffset At(string text)
        {
            Require(DateTimeOffset.TryParseExact(text, Time, Culture, DateTimeStyles.AssumeUniversal, out var at), "this is no time such as 2026-01-31T12:00:00.000Z");
            return at;
        }

        public TimeControl? Clock()
        {
            var text = Tag("Clock");
            if (text == NoClock) return null;
            TimeControl? control = null;
            Require(
                text.Split('+') is [var initial, var increment]
                    && TryWhole(initial, out var seconds) && TryWhole(increment, out var more) && TimeControl.TryFrom(seconds, more, out control),
                "this is no clock such as 180+2, or none");
            return control;
        }

        /// <summary>An even number of discs that leave something to play, or none.</summary>
        public Notation Opening()
        {
            if (Optional("Opening") is not { } text) return default;
            Require(Notation.TryFrom(text, out var opening, out var problem), $"this is no opening; {problem}");
            Require(opening is { Plies: > 0, IsFinished: false } && opening.Plies % 2 == 0, "an opening leaves player 1 a disc to drop");
            return opening;
        }

        /// <summary>The last line, after a blank one: what was played after the opening.</summary>
        public (Notation Moves, ImmutableArray<TimeSpan> Remaining) Moves(Notation opening, bool clocked)
        {
            if (Line.Length > 0) throw new FormatException($"Line {_next + 1}: there is no such tag here; the moves come after a blank line.");
            _next++;
            var tokens = Line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (_lines.Skip(_next + 1).Any(line => line.Length > 0)) throw new FormatException($"Line {_next + 2}: nothing comes after the moves.");
            _next++;
            if (!Notation.TryFrom(opening + string.Concat(tokens.Select(token => token[0])), out var moves, out var problem)) throw new FormatException($"Line {_next}: {problem}");
            return (moves, [.. tokens.SelectMany((token, ply) => TimeOf(token, ply, clocked))]);
        }

        private IEnumerable<TimeSpan> TimeOf(string token, int ply, bool clocked)
        {
            if (!clocked)
            {
                Require(token.Length == 1, $"ply {ply + 1} ('{token}') has a time, and the game has no clock");
                yield break;
            }
            decimal seconds = 0;
            Require(
                token.Length is >= 4 and <= 12 && token[1] == '{' && token[^1] == '}'
                    && decimal.TryParse(token[2..^1], NumberStyles.AllowDecimalPoint, Culture, out seconds) && decimal.Round(seconds, 3) == seconds
                    && token[2..^1] == seconds.ToString("0.###", Culture),
                $"ply {ply + 1} ('{token}') is no column with the seconds left, such as 4{{178.5}}");
            yield return TimeSpan.FromMilliseconds((double)(seconds * 1_000));
        }

        /// <summary>Digits only, and no leading zero, so that there is one way to write a number.</summary>
        private static bool TryWhole(string text, out int number) =>
            int.TryParse(text, NumberStyles.None, Culture, out number) && text == number.ToString(Culture);
    }
}
