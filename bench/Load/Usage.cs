using System.Globalization;

namespace ConnectFour.Bench.Load;

/// <summary>What a process has used up, as the kernel counts it.</summary>
internal static class Usage
{
    /// <summary>Seconds of processor time so far, in hundredths.</summary>
    public static double Cpu(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    /// <summary>Resident memory.</summary>
    public static double Megabytes(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
