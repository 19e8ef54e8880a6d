using ConnectFour.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace ConnectFour.TestKit;

/// <summary>
/// Generators of legal play. Mark a property with <c>[Property(Arbitrary = [typeof(LegalPlay)])]</c> and take one of the types below.
/// Beware: of random games nearly all end in a win, so draws have a generator of their own.
/// </summary>
public static class LegalPlay
{
    /// <summary>Some legal moves: any length, finished or not.</summary>
    public static Arbitrary<Notation> Moves() => Arb.From(
        from choices in Choices()
        from length in Gen.Choose(0, Board.Cells)
        select Play(choices, length));

    /// <summary>A game played to its end.</summary>
    public static Arbitrary<FinishedPlay> Finished() => Arb.From(Choices().Select(choices => new FinishedPlay(Play(choices, Board.Cells))));

    /// <summary>A full board without a line.</summary>
    public static Arbitrary<DrawnPlay> Drawn() => Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => new DrawnPlay(Draws.From(seed))));

    /// <summary>A running game with room for one to six discs: most columns full, the last cells contested.</summary>
    public static Arbitrary<NearlyFullPlay> NearlyFull() => Arb.From(
        from draw in Drawn().Generator
        from room in Gen.Choose(1, 6)
        select new NearlyFullPlay(Notation.From(draw.Moves.ToString()[..^room])));

    public static Arbitrary<Column> Columns() => Arb.From(Gen.Choose(1, Column.Count).Select(Column.From));

    private static Gen<int[]> Choices() => Gen.Choose(0, 419).ArrayOf(Board.Cells);

    private static Notation Play(int[] choices, int length)
    {
        var moves = new Notation();
        foreach (var choice in choices.Take(length))
        {
            if (moves.IsFinished) break;
            var legal = moves.Board.LegalColumns;
            moves = moves.Then(legal[choice % legal.Length]);
        }
        return moves;
    }
}

public sealed record FinishedPlay(Notation Moves);

public sealed record DrawnPlay(Notation Moves);

public sealed record NearlyFullPlay(Notation Moves);
