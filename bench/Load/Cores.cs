using System.Diagnostics;
using System.Globalization;

namespace ConnectFour.Bench.Load;

/// <summary>Processes that share a machine, and no core: what is measured has one, and the load another.</summary>
internal static class Cores
{
    public const string Server = "0", Load = "1";

    /// <param name="folder">Where a server may keep what it keeps.</param>
    public static Process Start(string core, string[] command, string folder = "")
    {
        var start = new ProcessStartInfo("taskset", ["-c", core, .. command]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["ConnectFour__DataDirectory"] = folder;
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        if (core == Load) start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1"; // The load has one core, and nothing to wait for.
        return Process.Start(start)!;
    }

    /// <summary>Starts a generator.</summary>
    /// <param name="addresses">Of the servers, with commas between.</param>
    /// <param name="processes">Theirs.</param>
    /// <param name="generator">Its name, and how much it is to do.</param>
    public static Process Generate(string addresses, string processes, string[] generator) => Start(Load, ["dotnet", typeof(Cores).Assembly.Location, generator[0], addresses, processes, .. generator[1..]]);

    /// <summary>Moves a process that runs, and whatever it starts from now on.</summary>
    public static async Task Move(int process, string core)
    {
        using var move = Process.Start(new ProcessStartInfo("taskset", ["-acp", core, process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        await Done(move);
    }

    public static async Task Done(Process process)
    {
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended with {process.ExitCode}.");
    }
}
