using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>The clients of a run, two by two.</summary>
internal static class Company
{
    /// <param name="server">Where to go, asked each time.</param>
    public static PlayingClient[] Of(int pairs, Func<Uri> server, History history) =>
    [
        .. from pair in Enumerable.Range(0, pairs)
           from challenges in (bool[])[true, false]
           let name = UserName.From($"Bot{pair}{(challenges ? 'a' : 'b')}")
           let opponent = UserName.From($"Bot{pair}{(challenges ? 'b' : 'a')}")
           select new PlayingClient(server, history, name, opponent, Style(pair, challenges), RunSettings.Seed + 1_000 * pair + (challenges ? 0 : 1)),
    ];

    /// <summary>Every fifth pair thinks so long that flags fall; of the others, half have clocks.</summary>
    private static PlayingStyle Style(int pair, bool challenges) => pair % 5 == 0
        ? new(challenges, TimeControl.From(5, 0), IsSlow: true)
        : new(challenges, pair % 2 == 0 ? TimeControl.From(60, 1) : null, IsSlow: false);
}
