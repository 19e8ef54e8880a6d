namespace ConnectFour.Hostile;

/// <summary>One server for all attacks, as it is installed, one attack after the other: what these tests measure is the whole machine's.</summary>
[CollectionDefinition(nameof(Siege), DisableParallelization = true)]
public sealed class Siege : ICollectionFixture<Besieged>;

/// <summary>The server that is attacked, with its limits as they are by default.</summary>
public sealed class Besieged : IAsyncLifetime
{
    private ServerProcess? _server;

    public ServerProcess Server => _server ?? throw new InvalidOperationException("Not started.");

    internal Gauges Gauges { get; } = new();

    public async ValueTask InitializeAsync() =>
        _server = await ServerProcess.Published(["--ConnectFour:Bots:Enabled", "false", "--ConnectFour:Accounts:PlainHttp", "true", .. Gauges.Setting]);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
