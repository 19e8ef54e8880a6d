namespace ConnectFour.Chaos;

/// <summary>A cluster for the tests that leave it as they found it.</summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private Cluster? _cluster;

    internal Cluster Cluster => _cluster ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _cluster = await Cluster.Start("--ConnectFour:Accounts:PlainHttp", "true"); // For the logins.

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? default;
}
