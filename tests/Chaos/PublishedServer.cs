namespace ConnectFour.Chaos;

/// <summary>The server as one installs it, and killing it.</summary>
internal static class PublishedServer
{
    public static Task<ServerProcess> Start(params string[] settings) => ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "server", "ConnectFour.Web.dll"), settings);

    /// <summary>The same server but for one promise that it breaks: see the project Mutants.</summary>
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
