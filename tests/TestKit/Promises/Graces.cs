namespace ConnectFour.TestKit.Promises;

/// <summary>What the server grants, and what the measuring of it may miss.</summary>
public sealed record Graces
{
    /// <summary>What a running clock gets back after an outage, besides the outage itself.</summary>
    public TimeSpan Clock { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an outage may last without being taken for one.</summary>
    public TimeSpan Unnoticed { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether the journal's times are those of the clients: not if its clock was set. How long somebody was absent is then not judged.</summary>
    public bool IsTimed { get; init; } = true;

    /// <summary>How long a player who was cut keeps the seat.</summary>
    public TimeSpan Absence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a player who left on purpose keeps it.</summary>
    public TimeSpan Leaving { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How much earlier than <see cref="Observation.Outage.ReadyAt"/> the server may count itself as back: it knows the time as soon as it starts,
    /// and answers a little later.
    /// </summary>
    public TimeSpan StartUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How much later than the server a client may notice that their line has ended: what the network between them holds back at most. What is written down comes in whole milliseconds, so that it is
    /// never less than one.
    /// </summary>
    public TimeSpan Noticing { get; init; } = TimeSpan.FromMilliseconds(1);
}
