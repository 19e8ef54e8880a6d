namespace ConnectFour.TestKit;

/// <summary>How whoever sends ends a line.</summary>
internal enum Ending
{
    /// <summary>Not yet.</summary>
    None,

    /// <summary>They have said all that they had to say.</summary>
    Closed,

    /// <summary>Without a word.</summary>
    Reset,
}

/// <summary>Some of what is sent, or the end of it.</summary>
/// <param name="Arrived">A timestamp.</param>
internal sealed record Piece(ReadOnlyMemory<byte> Bytes, long Arrived, Ending Ending = Ending.None)
{
    /// <param name="length">May be more than there is.</param>
    public (Piece First, Piece? Left) SplitAt(int length) => Bytes.Length <= length
        ? (this, null)
        : (this with { Bytes = Bytes[..length] }, this with { Bytes = Bytes[length..] });
}
