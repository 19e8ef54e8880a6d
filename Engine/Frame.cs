using System.Runtime.CompilerServices;

namespace ConnectFour.Engine;

/// <summary>What the search notes of the moves at one ply, by column or in the order in which to try them.</summary>
internal unsafe struct Frame
{
    public const int Columns = 8;
    public const int ColumnBits = 3;
    public const int ColumnMask = Columns - 1;

    /// <summary>By column: the cells that complete a four of the side to move after its disc there.</summary>
    public fixed ulong Threats[Columns];

    /// <summary>By column: what the table knows of the position after a disc there, or 0.</summary>
    public fixed ulong Known[Columns];

    /// <summary>The most promising first, and after all of them those that were put off; the lowest bits are the column.</summary>
    public fixed int Order[2 * Columns];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Insert(int count, int column, int promise)
    {
        var item = promise << ColumnBits | column;
        for (; count > 0 && Order[count - 1] < item; count--) Order[count] = Order[count - 1];
        Order[count] = item;
    }
}
