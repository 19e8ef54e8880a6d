// Whatever is no siege waits most of its time for a grace, a ping or a soak, and may do so together.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]

namespace ConnectFour.Hostile;

/// <summary>One server for all attacks, as it is installed, one attack after the other: what these tests measure is the whole machine's.</summary>
[CollectionDefinition(nameof(Siege), DisableParallelization = true)]
public sealed class Siege : ICollectionFixture<Besieged>;

/// <summary>The server that is attacked, with its limits as they are by default, and one beside it that nobody attacks.</summary>
public sealed class Besieged : IAsyncLifetime
{
    private ServerProcess? _server;
    private ServerProcess? _control;

    public ServerProcess Server => _server ?? throw new InvalidOperationException("Not started.");

    /// <summary>The server that nobody attacks.</summary>
    public ServerProcess Control => _control ?? throw new InvalidOperationException("Not started.");

    internal Gauges Gauges { get; } = new();

    public async ValueTask InitializeAsync()
    {
        string[] settings = ["--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Accounts:PlainHttp", "true"];
        _server = await ServerProcess.Published([.. settings, .. Gauges.Setting]);
        _control = await ServerProcess.Published(settings);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in (ServerProcess?[])[_server, _control])
            if (server is not null) await server.DisposeAsync();
    }

    /// <param name="server">The server that will be attacked, if it is another one.</param>
    internal Task<Bystanders> Bystanders(ServerProcess? server = null) => Hostile.Bystanders.Join(server ?? Server, Control);
}
