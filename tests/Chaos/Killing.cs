namespace ConnectFour.Chaos;

/// <summary>Servers to be killed.</summary>
internal static class Killing
{
    /// <summary>The published server but for one promise that it breaks: see the project Mutants.</summary>
    public static Task<ServerProcess> StartMutant(string mutation, params string[] settings) =>
        ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "mutants", "ConnectFour.Mutants.dll"), ["--Mutation", mutation, .. settings]);

    public static async Task<Observation.Outage> KillAndStartAgain(this ServerProcess server)
    {
        await server.Kill();
        var gone = TimeProvider.System.GetUtcNow();
        await server.StartAgain();
        return new Observation.Outage(gone, TimeProvider.System.GetUtcNow());
    }
}
