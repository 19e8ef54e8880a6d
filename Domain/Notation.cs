using System.Collections.Immutable;

namespace ConnectFour.Domain;

/// <summary>
/// A legal sequence of moves from the empty board, written as its columns in order, such as <c>44353</c>. Compares by content; the default value is no move.
/// </summary>
public readonly record struct Notation
{
    private readonly string? _columns;

    private Notation(string columns, Board board) => (_columns, Board) = (columns, board);

    /// <summary>The position after the last move.</summary>
    public Board Board { get; }

    /// <summary>How many moves there are, 0 to 42.</summary>
    public int Plies => Board.Plies;

    /// <summary>True when a line of four or a full board has ended the sequence.</summary>
    public bool IsFinished => Board.IsFull || Board.Winner is not null;

    public ImmutableArray<Column> Columns => [.. ToString().Select(digit => Column.From(digit - '0'))];

    /// <param name="ply">0 for the first move.</param>
    public Column this[int ply] => Column.From(ToString()[ply] - '0');

    /// <summary>The first moves of it.</summary>
    /// <param name="plies">How many, 0 to <see cref="Plies"/>.</param>
    public Notation Take(int plies) => From(ToString()[..plies]);

    /// <exception cref="InvalidOperationException">The column is full, or the sequence is finished.</exception>
    public Notation Then(Column column) => IsFinished
        ? throw new InvalidOperationException("No move follows the end of a game.")
        : new Notation(ToString() + column, Board.Drop(column));

    /// <exception cref="FormatException">A ply is illegal; the message names the first one.</exception>
    public static Notation From(string columns) => TryFrom(columns, out var notation, out var problem) ? notation : throw new FormatException(problem);

    /// <param name="problem">The first illegal ply and why, for a person; null if there is none. Plies count from 1 here, as a person does.</param>
    public static bool TryFrom(string columns, out Notation notation, out string? problem)
    {
        notation = default;
        problem = null;
        var legal = new Notation();
        foreach (var character in columns)
        {
            problem = legal.ProblemWith(character);
            if (problem is not null) return false;
            legal = legal.Then(Column.From(character - '0'));
        }
        notation = legal;
        return true;
    }

    public override string ToString() => _columns ?? "";

    public bool Equals(Notation other) => ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private string? ProblemWith(char character)
    {
        var ply = $"Ply {Plies + 1} ('{character}')";
        if (!char.IsAsciiDigit(character) || !Column.TryFrom(character - '0', out var column)) return $"{ply}: not a column from 1 to 7.";
        if (IsFinished) return $"{ply}: the game was over after ply {Plies}.";
        return Board.IsColumnFull(column) ? $"{ply}: column {column} is full." : null;
    }
}
