using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>What a node does all the time: says that it is there, keeps the lobby right, and looks in the journal for what it was not told.</summary>
internal sealed class RedisService(
    RedisLink link, LobbyStream stream, GameBus bus, RedisWatchers watchers, Presence presence, Pulse pulse, OwnConnections own, Node node, TimeProvider time, ILogger<RedisService> log) : BackgroundService
{
    /// <summary>How often all watchers are told of again.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    /// <summary>How often the journal is looked at while all is well, and otherwise.</summary>
    private static readonly (TimeSpan Well, TimeSpan Ill) Looks = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));

    private long _looked = time.GetTimestamp();
    private int _restored;
    private bool _isAway;

    /// <exception cref="LobbyAwayException">Redis does not answer.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Join(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        stream.End();
        if (ExecuteTask is not null) link.HearNothing(); // What is heard from now on finds nobody here.
    }

    /// <summary>Hears what the others say, and knows the lobby when it comes back.</summary>
    internal async Task Join(CancellationToken cancellationToken)
    {
        await stream.Begin(cancellationToken);
        await link.Begin(bus.Begin, cancellationToken);
        await link.Begin(watchers.Begin, cancellationToken);
        Log.Joined(log, node.Prefix, link.Endpoints);
    }

    /// <summary>Does it all until it is told to stop.</summary>
    internal Task Live(CancellationToken stoppingToken) => Task.WhenAll(
        Every(Pulse.Period, Beat, stoppingToken),
        Every(Pulse.Period, () => link.IsAway ? Task.CompletedTask : presence.Reconcile(stoppingToken), stoppingToken),
        Every(Pulse.Period, Look, stoppingToken),
        Every(Refresh, TellWatchers, stoppingToken));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Live(stoppingToken);

    private async Task Beat()
    {
        try
        {
            pulse.Hear(await stream.Beat(), presence.Nodes);
            if (_isAway) Log.Back(log);
            _isAway = false;
        }
        catch (LobbyAwayException problem)
        {
            if (!_isAway) Log.Away(log, problem.Message);
            _isAway = true;
        }
    }

    private async Task Look()
    {
        var restored = link.Restored;
        if (restored == _restored && time.GetElapsedTime(_looked) < (pulse.IsWell ? Looks.Well : Looks.Ill)) return;
        (_looked, _restored) = (time.GetTimestamp(), restored);
        var lobby = stream.Replica.Lobby;
        var played = own.All.SelectMany(connection => lobby.Find(connection.Value.Name)?.Games ?? []).Select(seat => seat.Game);
        await bus.Poll(played.Union(watchers.Watched).ToHashSet());
    }

    private Task TellWatchers()
    {
        watchers.TellAll();
        return Task.CompletedTask;
    }

    private Task Every(TimeSpan period, Func<Task> act, CancellationToken stoppingToken) => Duty.Every(period, act, Failed, time, stoppingToken);

    private void Failed(Exception problem)
    {
        if (problem is not (LobbyAwayException or StoreAwayException)) Log.DutyFailed(log, problem); // Those are said where they are noticed.
    }
}
