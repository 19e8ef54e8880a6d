using System.ComponentModel.DataAnnotations;

namespace ConnectFour.Infrastructure.Bots;

/// <summary>The bots of the server's own. Each is a setting under <c>ConnectFour:Bots</c>.</summary>
public sealed class BotSettings
{
    /// <summary>Whether there are any: whoever starts the server alone finds somebody to play with.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Threads that think for all bots together: what they take of the machine at most. Nobody else's work runs on them.</summary>
    [Range(1, 64)]
    public int Thinkers { get; set; } = 1;

    /// <summary>Positions that one move may cost at most, about a tenth of a second of a core: nobody waits for a bot that has many games to think of.</summary>
    [Range(1_000, 1_000_000_000)]
    public long Nodes { get; set; } = 1_000_000;

    /// <summary>MB for what the bots remember of positions.</summary>
    [Range(1, 8_192)]
    public int TableMegabytes { get; set; } = 32;

    /// <summary>How long a bot takes over a move at most, so that it can be followed; zero: as fast as it can.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Pace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Makes the bots play the same games again, for tests; null: others each time.</summary>
    public int? Seed { get; set; }
}
