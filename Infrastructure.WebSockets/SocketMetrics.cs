using System.Diagnostics.Metrics;
using System.Globalization;
using ConnectFour.Application;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>What an operator wants to know of the connections: <c>docs/operating.md</c> lists the names. No label says who or which game.</summary>
internal sealed class SocketMetrics
{
    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _closes;
    private readonly Counter<long> _overflows;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _resyncs;
    private readonly Counter<long> _moves;
    private readonly Histogram<double> _moving;
    private readonly Histogram<double> _delivery;

    public SocketMetrics(IMeterFactory meters)
    {
        var meter = meters.Own();
        _connections = meter.CreateUpDownCounter<int>("connectfour.connections", "{connection}", "Open WebSockets.");
        _closes = meter.CreateCounter<long>("connectfour.connection.closes", "{connection}", "WebSockets that have ended, by close code.");
        _overflows = meter.CreateCounter<long>("connectfour.sendqueue.overflows", "{connection}", "WebSockets closed because their client read too slowly.");
        _rejections = meter.CreateRejections();
        _resyncs = meter.CreateResyncs();
        _moves = meter.CreateCounter<long>("connectfour.moves", "{move}", "Moves asked for, by outcome.");
        _moving = meter.CreateSeconds("connectfour.move.duration", "From a move's arrival to its answer, stored by then.");
        _delivery = meter.CreateSeconds("connectfour.move.delivery.duration", "From a move's commit until the network has taken the news of it.");
    }

    public void Opened() => _connections.Add(1);

    public void Ended(Ending why)
    {
        _connections.Add(-1);
        _closes.Add(1, new KeyValuePair<string, object?>("code", why == Ending.Lost ? "none" : ((int)CloseCodes.Of(why).Code).ToString(CultureInfo.InvariantCulture)));
        if (why == Ending.TooSlow) _overflows.Add(1);
        if (RuleOf(why) is { } rule) Rejected(rule);
    }

    /// <param name="rule">A limit, in a word or two.</param>
    public void Rejected(string rule) => _rejections.Refuse(rule);

    /// <param name="cause">How it was noticed that the client had missed something.</param>
    public void Resynced(string cause) => _resyncs.Resync(cause);

    /// <param name="outcome"><c>ok</c>, <c>dup</c>, or the code of the error.</param>
    public void Moved(string outcome, TimeSpan took)
    {
        _moves.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _moving.Record(took.TotalSeconds);
    }

    public void Delivered(TimeSpan took) => _delivery.Record(took.TotalSeconds);

    private static string? RuleOf(Ending why) => why switch
    {
        Ending.TooBig => "message_size",
        Ending.TooFast => "frame_rate",
        Ending.TooSlow => "send_queue",
        Ending.Malformed => "malformed_messages",
        Ending.Silent => "first_message",
        Ending.Unsound or Ending.NotText or Ending.Binary or Ending.ClosedByClient or Ending.Lost or Ending.LoggedOut or Ending.Restart or Ending.Unwelcomed or Ending.Failed => null,
    };
}
