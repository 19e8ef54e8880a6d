using System.Globalization;

namespace ConnectFour.Hostile;

/// <summary>What a process holds of the machine's memory.</summary>
internal static class Memory
{
    private const string Row = "VmRSS:";

    /// <summary>Its resident megabytes, as the system counts them.</summary>
    public static long Of(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(Row, StringComparison.Ordinal));
        return long.Parse(line[Row.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
