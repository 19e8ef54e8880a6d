using System.Collections.Immutable;
using System.Diagnostics;
using ConnectFour.Domain;

namespace ConnectFour.TestKit.Promises;

/// <summary>What the server grants, and what the measuring of it may miss.</summary>
public sealed record Graces
{
    /// <summary>What a running clock gets back after an outage, besides the outage itself.</summary>
    public TimeSpan Clock { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a player who was cut keeps the seat.</summary>
    public TimeSpan Absence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a player who left on purpose keeps it.</summary>
    public TimeSpan Leaving { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How much earlier than <see cref="Observation.Outage.ReadyAt"/> the server may count itself as back: it knows the time as soon as it starts,
    /// and answers a little later.
    /// </summary>
    public TimeSpan StartUp { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// The time of an outage is nobody's. For a game that ended by flag or absence, this is when the end was due:
/// <list type="bullet">
/// <item>
/// A flag: the beginning of the last turn, and the time that the player had left then, recounted from the discs. Each outage that began during the turn adds its
/// length and <see cref="Graces.Clock"/>; so do those of the player's earlier turns to the time that was left.
/// </item>
/// <item>
/// An absence: the moment in which the player's last line ended, at the latest by an outage, and <see cref="Graces.Absence"/>, or <see cref="Graces.Leaving"/>.
/// Each outage that began meanwhile adds its length. A player who was there has not been absent at all: with an outage within the last
/// <see cref="Graces.Absence"/>, this is put down to it.
/// </item>
/// </list>
/// Each outage is taken to be <see cref="Graces.StartUp"/> shorter. An outage that began when the end was due already excuses nothing, and is not the cause. The end is a
/// violation if at least one outage counts, and it came before it was due.
/// </summary>
internal sealed class OutageRule
{
    private readonly Graces _graces;
    private readonly ImmutableArray<Observation.Outage> _outages;
    private readonly ILookup<UserName, Observation> _lines;

    public OutageRule(ImmutableArray<Observation> observations, Graces graces)
    {
        _graces = graces;
        _outages = [.. observations.OfType<Observation.Outage>().OrderBy(outage => outage.At)];
        _lines = observations.Where(observation => observation is Observation.Connected or Observation.Cut).ToLookup(observation => observation switch
        {
            Observation.Connected connected => connected.Client,
            Observation.Cut cut => cut.Client,
            _ => throw new UnreachableException(),
        });
    }

    /// <summary>The complaint of a player who lost because of an outage, or null.</summary>
    public string? Robbed(RecordedGame game)
    {
        if (game.Start is not { } start || game.Ends is not [var (end, _), ..]) return null;
        return end.Outcome switch
        {
            Outcome.Flag flag when start.Control is { } control => Complaint(game, flag.Of, end, "clock", Flag(game, flag.Of, control, end.At)),
            Outcome.Absence absence => Complaint(game, absence.Of, end, "absence", Absence(game.NameOf(absence.Of)!, end.At)),
            _ => null,
        };
    }

    private static string? Complaint(RecordedGame game, Player player, GameEvent.Ended end, string by, DateTimeOffset? due) => end.At < due
        ? $"{game.NameOf(player)} lost game {game.Id} at ply {game.Discs.Length} by {by} at {end.At:HH:mm:ss.fff}; without what the server was away, that was due at {due:HH:mm:ss.fff}."
        : null;

    /// <summary>When the flag was due, or null if no outage counts.</summary>
    private DateTimeOffset? Flag(RecordedGame game, Player player, TimeControl control, DateTimeOffset fell)
    {
        var (left, turn) = (control.Initial, game.Start!.At);
        foreach (var disc in game.Discs.Select(disc => disc.Event))
        {
            if (disc.By == player) left += control.Increment - (disc.At - turn) + Given(turn, disc.At);
            turn = disc.At;
        }
        return Postponed(turn, turn + left, fell, _graces.Clock);
    }

    /// <summary>When the absence was due, or null if no outage counts.</summary>
    private DateTimeOffset? Absence(UserName player, DateTimeOffset lost)
    {
        var lines = _lines[player].Where(line => line.At < lost).ToList();
        if (lines.FindLast(line => line is Observation.Connected) is not { } connected) return null;

        var cut = lines[^1] as Observation.Cut;
        var killed = _outages.FirstOrDefault(outage => outage.At >= connected.At && outage.At < lost);
        if (cut is null && killed is null) return _outages.Any(outage => outage.ReadyAt > lost - _graces.Absence && outage.At < lost) ? DateTimeOffset.MaxValue : null;

        var since = killed is null || cut?.At < killed.At ? cut!.At : killed.At;
        return Postponed(since, since + (cut is { OnPurpose: true } && cut.At == since ? _graces.Leaving : _graces.Absence), lost, TimeSpan.Zero);
    }

    private DateTimeOffset? Postponed(DateTimeOffset since, DateTimeOffset due, DateTimeOffset ended, TimeSpan bonus)
    {
        var counted = false;
        foreach (var outage in Counting(since, ended))
        {
            if (due <= outage.At) break;
            due += Away(outage) + bonus;
            counted = true;
        }
        return counted ? due : null;
    }

    /// <summary>The outages that began between the two. What began before had passed when the span began, even if the server did not answer everybody yet.</summary>
    private IEnumerable<Observation.Outage> Counting(DateTimeOffset since, DateTimeOffset until) => _outages.Where(outage => outage.At >= since && outage.At < until);

    /// <summary>What a clock that ran between the two got back.</summary>
    private TimeSpan Given(DateTimeOffset since, DateTimeOffset until) =>
        Counting(since, until).Aggregate(TimeSpan.Zero, (sum, outage) => sum + Away(outage) + _graces.Clock);

    /// <summary>For how long the server must know that it was away.</summary>
    private TimeSpan Away(Observation.Outage outage) => outage.Length > _graces.StartUp ? outage.Length - _graces.StartUp : TimeSpan.Zero;
}
