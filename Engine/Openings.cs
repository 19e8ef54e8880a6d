namespace ConnectFour.Engine;

/// <summary>The positions of the opening in a fixed order, so that a book has to hold their scores only.</summary>
internal static class Openings
{
    /// <summary>
    /// For each ply from 0 the positions that legal play leads to and in which nobody has won, one of each pair of mirror images, ordered by key.
    /// Up to ply 8 there are 131,000, found in some hundredths of a second.
    /// </summary>
    public static IEnumerable<Position[]> ByPly()
    {
        for (Position[] positions = [default]; ; positions = [.. positions.SelectMany(Next).DistinctBy(position => position.Key).OrderBy(position => position.Key)])
            yield return positions;
    }

    /// <summary>The positions one disc later that are not over, each as itself or as its mirror image, whichever has the smaller key.</summary>
    public static IEnumerable<Position> Next(Position position)
    {
        for (var rest = Bits.Playable(position.Occupied); rest != 0; rest &= rest - 1)
        {
            var next = position.After(Bits.Lowest(rest));
            if (!next.IsOver) yield return next.Canonical;
        }
    }
}
