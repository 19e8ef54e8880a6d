using System.Globalization;
using ConnectFour.Engine;
using ConnectFour.Engine.Tests;

namespace ConnectFour.Bench;

/// <summary>Every level of bot against every other, from drawn openings that each side plays once.</summary>
internal static class BotsBench
{
    public static void Run(int pairs, TextWriter to)
    {
        var levels = Enum.GetValues<Level>();
        var tournament = new Tournament(new Solver(), seed: 1);
        to.WriteLine($"| {2 * pairs} games each | {string.Join(" | ", levels)} |");
        to.WriteLine($"| --- | {string.Join(" | ", levels.Select(_ => "---"))} |");
        foreach (var level in levels)
        {
            var shares = levels.Select(other => other >= level ? "" : tournament.Share(level, other, pairs).ToString("P0", CultureInfo.InvariantCulture));
            to.WriteLine($"| {level} | {string.Join(" | ", shares)} |");
        }
    }
}
