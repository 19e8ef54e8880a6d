namespace ConnectFour.Engine.Tests;

/// <summary>Positions to solve, and the published scores of some (docs/engine.md says whose).</summary>
internal static class Positions
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "positions");

    public static IEnumerable<(Notation Moves, int Score)> Published(string set) => File.ReadLines(Path.Combine(Folder, $"{set}.txt"))
        .Select(line => line.Split(' '))
        .Select(line => (Notation.From(line[0]), int.Parse(line[1], System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>A running game with so many discs. Few games of random moves get that far; the beginnings of drawn ones do.</summary>
    public static Board Drawish(int seed, int plies) => Notation.From(Draws.From(seed).ToString()[..plies]).Board;

    /// <summary>A running game with so many discs, where each one was dropped at random but for winning at once.</summary>
    public static Board Random(int seed, int plies)
    {
        var random = new Random(seed);
        while (true)
        {
            var board = Board.Empty;
            while (board.Plies < plies && board.Winner is null)
            {
                var columns = board.LegalColumns;
                board = board.Drop(columns[random.Next(columns.Length)]);
            }
            if (board.Winner is null) return board;
        }
    }
}
