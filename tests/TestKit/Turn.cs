using System.Collections.Immutable;
using ConnectFour.Domain;
using ConnectFour.TestKit.Promises;

namespace ConnectFour.TestKit;

/// <summary>What clients of a run ask for when it is their turn.</summary>
public static class Turn
{
    /// <param name="moves">The columns that they see on the board, in order.</param>
    /// <returns>A column at random that is not full; null if all are: the end is on its way.</returns>
    public static Column? AnyColumn(Random random, string moves)
    {
        var open = Column.All.Where(column => moves.Count(digit => digit - '0' == column.Number) < Board.Rows).ToArray();
        return open.Length == 0 ? null : open[random.Next(open.Length)];
    }

    /// <summary>Mostly a move; now and then something that a server has to bear.</summary>
    /// <param name="move">The move that it would be.</param>
    /// <param name="moves">The columns that they see on the board, in order; not all are full.</param>
    /// <returns>What to ask for, at once; nothing: the game is given up.</returns>
    public static ImmutableArray<Move> Draw(Random random, Move move, string moves) => random.Next(100) switch
    {
        0 => [],
        < 5 => [move, move], // The same twice.
        < 8 => [move, move with { Column = AnyColumn(random, moves) ?? move.Column }], // And another one for the same ply: only one of them can count.
        < 11 when move.Ply >= 2 => [move with { Ply = move.Ply - 2, Column = random.Next(2) == 0 ? Column.From(moves[move.Ply - 2] - '0') : move.Column }], // One's own move before: the same again, or too late.
        < 13 when move.Ply + 1 < Board.Cells => [move with { Ply = move.Ply + 1 }], // As if it were the opponent's turn.
        _ => [move],
    };
}
