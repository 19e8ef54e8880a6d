using System.ComponentModel.DataAnnotations;

namespace ConnectFour.Web.Truth;

/// <summary>What reports and analysis may use. Each is a setting under <c>ConnectFour:Engine</c>.</summary>
public sealed class EngineSettings
{
    /// <summary>MB for what bots, reports and analysis remember of positions, together.</summary>
    [Range(1, 8_192)]
    public int TableMegabytes { get; set; } = 32;

    /// <summary>Questions of people that are worked on at once: each takes a core.</summary>
    [Range(1, 64)]
    public int Questions { get; set; } = 1;

    /// <summary>Questions that may wait; whoever asks then is told to come back.</summary>
    [Range(1, 10_000)]
    public int Waiting { get; set; } = 32;

    /// <summary>Questions of one address among those that are worked on and those that wait.</summary>
    [Range(1, 10_000)]
    public int PerAddress { get; set; } = 8;

    /// <summary>Positions that one analysis may cost at most: some seconds of a core.</summary>
    [Range(1_000, 10_000_000_000)]
    public long Nodes { get; set; } = 30_000_000;
}
