using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;

namespace ConnectFour.Web.Operations;

/// <summary>What an operator wants to know of people and games: <c>docs/operating.md</c> lists the names. Bots of our own are no people.</summary>
internal sealed class PlayMetrics : IAudience
{
    private readonly Meter _meter;
    private readonly UpDownCounter<int> _active;
    private readonly Counter<long> _finished;
    private readonly Histogram<double> _lateness;

    public PlayMetrics(IMeterFactory meters)
    {
        _meter = meters.Own();
        _active = _meter.CreateUpDownCounter<int>("connectfour.games.active", "{game}", "Games that run.");
        _finished = _meter.CreateCounter<long>("connectfour.games.finished", "{game}", "Games that have ended, by reason.");
        _lateness = _meter.CreateSeconds("connectfour.timeouts.lateness", "From a deadline until it was enforced.");
    }

    public void Hear(LobbyEvent happened)
    {
        // Who is here is counted when somebody asks.
    }

    public void Hear(Game game, ImmutableArray<GameEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened is GameEvent.Started) _active.Add(1);
            if (happened is not GameEvent.Ended end) continue;
            _active.Add(-1);
            _finished.Add(1, new KeyValuePair<string, object?>("reason", end.Outcome.Reason));
        }
    }

    public void HearFromElsewhere(Game game, ImmutableArray<GameEvent> events)
    {
        // Whoever committed it counts it: the sum over all nodes is what there is.
    }

    /// <summary>Counts from now on who is here, and the games that a former server left with those that are to begin.</summary>
    public void Begin(ILobby lobby, int found)
    {
        _meter.CreateObservableGauge("connectfour.users.online", () => lobby.List(0).AsTask().GetAwaiter().GetResult().Online, "{user}", "People who are here.");
        _active.Add(found);
    }

    public void Enforced(TimeSpan late) => _lateness.Record(late.TotalSeconds);
}
