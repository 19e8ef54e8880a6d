using System.Runtime.CompilerServices;
using ConnectFour.Domain;

namespace ConnectFour.Engine;

/// <summary>A board as the search sees it: the discs of the side to move, and the occupied cells.</summary>
internal readonly record struct Position(ulong Own, ulong Occupied)
{
    public static Position Of(Board board)
    {
        var (first, second) = (board.BitsOf(Player.First), board.BitsOf(Player.Second));
        return new(board.ToMove == Player.First ? first : second, first | second);
    }

    public int Plies => Bits.Count(Occupied);

    public ulong Other => Own ^ Occupied;

    public bool IsFull => Occupied == Bits.Cells;

    /// <summary>Whether the last disc has made a four.</summary>
    public bool IsLost => Bits.HasFour(Other);

    public bool IsOver => IsLost || IsFull;

    /// <summary>All that is known without looking: the side to move may win with this disc, or lose to the next.</summary>
    public Bounds Widest => new(Score.From(Math.Max(-Score.OfWinAt(Plies + 1), 1 - Score.Most)), Score.From(Math.Min(Score.OfWinAt(Plies), Score.Most - 1)));

    /// <summary>The cells in which the side to move wins with its next disc.</summary>
    public ulong WinningMoves => Bits.WinningCells(Own, Occupied) & Bits.Playable(Occupied);

    /// <summary>A number below 2^49 that no other position has: in each column a bit marks the first empty cell, and below it the discs of the side to move are ones.</summary>
    public ulong Key => KeyOf(Own, Occupied);

    /// <summary>The same for a position and its mirror image.</summary>
    public ulong MirrorKey => Math.Min(Key, KeyOf(Bits.Mirror(Own), Bits.Mirror(Occupied)));

    /// <summary>The position or its mirror image, whichever has the smaller key.</summary>
    public Position Canonical => Key <= MirrorKey ? this : new(Bits.Mirror(Own), Bits.Mirror(Occupied));

    /// <summary>The position after a disc in a cell.</summary>
    public Position After(ulong cell) => new(Other, Occupied | cell);

    // Adding the bottom row carries into the first empty cell of each column; as every key would contain that row, it is left out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong KeyOf(ulong own, ulong occupied) => own + occupied;
}
