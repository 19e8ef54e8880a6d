using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using ConnectFour.Web.Truth;

namespace ConnectFour.Web.Operations;

/// <summary>What an operator wants to know of people and games: <c>docs/operating.md</c> lists the names. Bots of our own are no people.</summary>
internal sealed class PlayMetrics : IAudience
{
    private readonly GamesInPlay _inPlay;
    private readonly Meter _meter;
    private readonly Counter<long> _finished;
    private readonly Histogram<double> _lateness;

    public PlayMetrics(GamesInPlay inPlay, IMeterFactory meters)
    {
        _inPlay = inPlay;
        _meter = meters.Own();
        _finished = _meter.CreateCounter<long>("connectfour.games.finished", "{game}", "Games that have ended, by reason.");
        _lateness = _meter.CreateSeconds("connectfour.timeouts.lateness", "From a deadline until it was enforced.");
    }

    public void Hear(LobbyEvent happened)
    {
        // Who is here is counted when somebody asks.
    }

    public void Hear(Game game, ImmutableArray<GameEvent> events)
    {
        foreach (var end in events.OfType<GameEvent.Ended>()) _finished.Add(1, new KeyValuePair<string, object?>("reason", end.Outcome.Reason));
    }

    public void HearFromElsewhere(Game game, ImmutableArray<GameEvent> events)
    {
        // Whoever committed it counts it: the sum over all nodes is what there is.
    }

    /// <summary>Counts from now on who is here, and what is being played: wherever it is, as far as this process knows.</summary>
    public void Begin(ILobby lobby)
    {
        _meter.CreateObservableGauge("connectfour.users.online", () => lobby.List(0).AsTask().GetAwaiter().GetResult().Online, "{user}", "People who are here.");
        _meter.CreateObservableGauge("connectfour.games.active", () => _inPlay.Count, "{game}", "Games that run.");
    }

    public void Enforced(TimeSpan late) => _lateness.Record(late.TotalSeconds);
}
