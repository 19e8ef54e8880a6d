using System.Globalization;
using System.Runtime.InteropServices;

namespace ConnectFour.Bench.Load;

/// <summary>What a process has used up, as the kernel counts it, and of which machine.</summary>
internal static class Usage
{
    /// <summary>What figures must not be read without: processor, cores, system, runtime.</summary>
    public static string Machine => $"{Processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    private static string Processor => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "unknown processor";

    /// <summary>Seconds of processor time so far, in hundredths; none of a process that has ended, as one of PostgreSQL's does with its line.</summary>
    public static double Cpu(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Resident memory.</summary>
    public static double Megabytes(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>Collections of the oldest generation so far, by what this server says of itself to its operators; none of others, who do not.</summary>
    public static async Task<double> OldestCollections(Uri server)
    {
        using var http = new HttpClient();
        try
        {
            var metrics = await http.GetStringAsync(new UriBuilder(server) { Port = server.Port + 1, Path = "/metrics" }.Uri);
            return metrics.Split('\n')
                .Where(line => line.StartsWith("dotnet_gc_collections_total", StringComparison.Ordinal) && line.Contains("gen2", StringComparison.Ordinal))
                .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
