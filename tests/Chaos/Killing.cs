namespace ConnectFour.Chaos;

/// <summary>Servers to be killed.</summary>
internal static class Killing
{
    /// <summary>The path of the assembly of all mutants.</summary>
    public static string Mutants { get; } = Path.Combine(AppContext.BaseDirectory, "mutants", "ConnectFour.Mutants.dll");

    /// <summary>The published server but for one promise that it breaks: see the project Mutants.</summary>
    public static Task<ServerProcess> StartMutant(string mutation, params string[] settings) =>
        ServerProcess.Start(Mutants, ["--Mutation", mutation, .. settings]);

    public static async Task<Observation.Outage> KillAndStartAgain(this ServerProcess server)
    {
        await server.Kill();
        var gone = TimeProvider.System.GetUtcNow();
        await server.StartAgain();
        return new Observation.Outage(gone, TimeProvider.System.GetUtcNow());
    }
}
