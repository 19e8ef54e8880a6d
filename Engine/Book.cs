using System.IO.Compression;

namespace ConnectFour.Engine;

/// <summary>The scores of all positions up to some ply, computed by this engine (docs/engine.md says how) and kept in the assembly.</summary>
internal sealed class Book
{
    /// <summary>Added to a score, to make it a byte.</summary>
    private const int Zero = 32;

    private static readonly Lazy<Book> Embedded = new(() =>
    {
        using var resource = typeof(Book).Assembly.GetManifestResourceStream("ConnectFour.Engine.opening.book")!;
        return Read(resource);
    });

    private readonly (ulong[] Keys, sbyte[] Scores)[] _plies;

    private Book((ulong[], sbyte[])[] plies) => _plies = plies;

    /// <summary>Read when first asked for.</summary>
    public static Book Opening => Embedded.Value;

    /// <summary>The last ply whose positions are in the book.</summary>
    public int LastPly => _plies.Length - 1;

    /// <summary>The exact score of the position, or null if it is too late in the game for the book, or over.</summary>
    public int? Find(Position position)
    {
        var plies = position.Plies;
        if (plies > LastPly) return null;

        var at = Array.BinarySearch(_plies[plies].Keys, position.MirrorKey);
        return at < 0 ? null : _plies[plies].Scores[at];
    }

    /// <summary>A book from the scores of all positions of its last ply, by key: those of earlier plies follow from them.</summary>
    public static Book From(int lastPly, IReadOnlyDictionary<ulong, int> scores)
    {
        var plies = new (ulong[] Keys, sbyte[] Scores)[lastPly + 1];
        var positions = Openings.ByPly().Take(lastPly + 1).ToArray();
        for (var ply = lastPly; ply >= 0; ply--)
        {
            var known = scores;
            scores = positions[ply].ToDictionary(position => position.Key, position => ply == lastPly ? known[position.Key] : ScoreOf(position, known));
            plies[ply] = ([.. scores.Keys], [.. scores.Values.Select(score => (sbyte)score)]);
        }
        return new Book(plies);
    }

    /// <summary>Compressed: a byte for the last ply, then for each ply from 0 a byte for each of <see cref="Openings.ByPly"/>.</summary>
    public void Write(Stream to)
    {
        using var stream = new BrotliStream(to, CompressionLevel.SmallestSize, leaveOpen: true);
        stream.WriteByte((byte)LastPly);
        foreach (var (_, scores) in _plies) stream.Write([.. scores.Select(score => (byte)(score + Zero))]);
    }

    public static Book Read(Stream from)
    {
        using var stream = new BrotliStream(from, CompressionMode.Decompress);
        return new Book([.. Openings.ByPly().Take(stream.ReadByte() + 1).Select(positions =>
        {
            var scores = new byte[positions.Length];
            stream.ReadExactly(scores);
            return (positions.Select(position => position.Key).ToArray(), scores.Select(score => (sbyte)(score - Zero)).ToArray());
        })]);
    }

    private static int ScoreOf(Position position, IReadOnlyDictionary<ulong, int> scores) => position.WinningMoves != 0
        ? Score.OfWinAt(position.Plies)
        : Openings.Next(position).Max(next => -scores[next.Key]);
}
