using System.Text.Json.Nodes;

namespace ConnectFour.Web.Tests;

/// <summary>Games between two scripted clients.</summary>
internal static class Match
{
    /// <summary>So many messages a second as a script sends and a person does not.</summary>
    public static string[] Unhurried { get; } = ["--ConnectFour:Limits:FramesPerSecond", "100000", "--ConnectFour:Limits:Burst", "100000"];

    public const string FirstWins = "1213141";
    public const string SecondWins = "12325262";

    /// <summary>Starts a game; the challenged is player 1.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> Begin(Bot challenged, Bot challenger, JsonNode? clock = null)
    {
        var before = challenger.Game;
        await challenger.Ask(new() { ["type"] = "challenge", ["opponent"] = challenged.Name, ["clock"] = clock });
        await challenged.Ask(new() { ["type"] = "accept", ["opponent"] = challenger.Name });
        if (challenger.Game == before) await challenger.Until(_ => challenger.Game != before);
        return challenged.Game == challenger.Game ? challenger.Game! : throw new InvalidOperationException("They are not in the same game.");
    }

    /// <summary>Plays columns in turn until both have seen them all.</summary>
    public static async Task Play(Bot first, Bot second, string columns)
    {
        foreach (var column in columns)
        {
            var (plies, by) = (first.Moves.Length, first.Moves.Length % 2 == 0 ? first : second);
            await by.UntilPly(plies);
            await by.Move(column - '0');
            await first.UntilPly(plies + 1);
        }
        await second.UntilPly(first.Moves.Length);
    }

    /// <summary>A whole game; whoever is to move after these columns quits, unless the columns ended it.</summary>
    public static async Task Finish(Bot first, Bot second, string columns)
    {
        await Play(first, second, columns);
        if (!Domain.Notation.From(first.Moves).IsFinished) await Quit(columns.Length % 2 == 0 ? first : second);
        await first.UntilOver();
        await second.UntilOver();
    }

    public static Task<JsonObject> Quit(Bot bot) => bot.Ask(new() { ["type"] = "quit", ["game"] = bot.Game });
}
