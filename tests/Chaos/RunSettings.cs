using System.Globalization;

namespace ConnectFour.Chaos;

/// <summary>What all runs are done with.</summary>
internal static class RunSettings
{
    /// <summary>How long the last games may take; only a test that fails waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Short, so that a run sees absences.</summary>
    public static readonly Graces Graces = new() { Absence = TimeSpan.FromSeconds(8), Leaving = TimeSpan.FromSeconds(4) };

    /// <summary>What a server is told.</summary>
    public static readonly string[] Server =
    [
        "--ConnectFour:Limits:ConnectionsPerAddress", "1000",
        "--ConnectFour:Limits:FramesPerSecond", "1000",
        "--ConnectFour:Limits:Burst", "1000",
        "--ConnectFour:Lobby:Grace", Graces.Absence.ToString(),
        "--ConnectFour:Lobby:GraceAfterRestart", Graces.Absence.ToString(),
        "--ConnectFour:Lobby:Patience", "00:00:00",
        "--ConnectFour:Lobby:GraceAfterLeaving", Graces.Leaving.ToString(),
    ];

    /// <summary>Of whatever is left to chance.</summary>
    public static int Seed => Number("CONNECTFOUR_CHAOS_SEED", 1);

    public static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
