using System.Collections.Immutable;

namespace ConnectFour.Domain;

/// <summary>
/// Short openings that perfect play ends in a draw, so that neither side begins with a won game. Neither side threatens anything yet, and two columns at least keep the draw and not all of them.
/// Found by <c>dotnet run -c Release --project bench -- openings 100</c>, and certified by the solver in the tests of the engine.
/// </summary>
public static class BalancedOpenings
{
    /// <summary>Discs of each opening; an even number, so that player 1 goes on.</summary>
    public const int Plies = 6;

    public static ImmutableArray<Notation> All { get; } = [.. Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Notation.From)];

    private const string Table =
        """
        112755 113365 113655 114676 115333 115365 115376 117443 117575 117577 121234 121247 122525 122774 123267 123755 123777 124356 124755 125375
        126766 126774 126776 126777 131133 131164 131171 131327 131537 132346 134657 135767 135774 141167 141567 142767 144773 155551 161665 161722
        161757 162772 163633 166363 171166 172755 176774 177172 177177 177771 177777 211113 211213 211316 211435 211774 212133 213112 213114 213166
        213223 213354 214555 215772 216661 222227 222253 224357 225332 225655 232237 233331 233356 233443 242242 243757 245555 275555 311256 311346
        311456 311533 311663 311773 322733 324772 325226 325255 332331 333336 355535 363333 363336 363367 377272 411333 414224 422333 424444 434443
        """;

    /// <summary>The opening for a game: drawn by its id, so that nobody can choose it.</summary>
    public static Notation Of(GameId game)
    {
        // FNV-1a: a string's own hash is another one in every process.
        var hash = 2_166_136_261u;
        foreach (var character in game.Value) hash = unchecked((hash ^ character) * 16_777_619u);
        return All[(int)(hash % (uint)All.Length)];
    }
}
