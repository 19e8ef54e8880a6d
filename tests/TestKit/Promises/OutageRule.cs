using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.TestKit.Promises;

/// <summary>
/// The time of an outage is nobody's. For a game that ended by flag or absence, this is when the end was due:
/// <list type="bullet">
/// <item>
/// A flag: the beginning of the last turn, and the time that the player had left then, recounted from the discs. Each outage that began during the turn adds its
/// length and <see cref="Graces.Clock"/>; so do those of the player's earlier turns to the time that was left. If the move was on its way when the server went, the outage adds only what the clock had run into it by then, and to the turn
/// that began with that move what was left of it: both less <see cref="Graces.Unnoticed"/>.
/// </item>
/// <item>
/// An absence: when it is due by <see cref="AbsenceRule"/>. Each outage meanwhile adds what it lasted after the player's last line had ended.
/// </item>
/// </list>
/// Each outage is taken to be <see cref="Graces.StartUp"/> shorter. An outage that began when the end was due already excuses nothing, and is not the cause. The end is a
/// violation if at least one outage counts, and it came before it was due.
/// </summary>
internal sealed class OutageRule
{
    private readonly Graces _graces;
    private readonly ImmutableArray<Observation.Outage> _outages;
    private readonly AbsenceRule _absences;

    public OutageRule(ImmutableArray<Observation> observations, AbsenceRule absences, Graces graces)
    {
        (_graces, _absences) = (graces, absences);
        _outages = [.. observations.OfType<Observation.Outage>().OrderBy(outage => outage.At)];
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

    private string? Complaint(RecordedGame game, Player player, GameEvent.Ended end, string by, DateTimeOffset? due) => end.At < due
        ? $"{game.NameOf(player)} lost game {game.Id} at ply {game.Discs.Length} by {by} at {end.At:HH:mm:ss.fff}; without what the server was away, that was due at {due:HH:mm:ss.fff}. {Story(game)}"
        : null;

    /// <summary>All that happened meanwhile, with the time.</summary>
    private string Story(RecordedGame game) => string.Join(", ", game.Events
        .Select(happened => (happened.At, What: happened is GameEvent.Resumed resumed ? $"resumed with {resumed.Remaining.TotalSeconds:0.000} s" : happened.GetType().Name))
        .Concat(_outages.Where(outage => outage.ReadyAt > game.Events[0].At && outage.At < game.Events[^1].At).Select(outage => (outage.At, What: $"away until {outage.ReadyAt:HH:mm:ss.fff}")))
        .OrderBy(one => one.At).Select(one => $"{one.At:HH:mm:ss.fff} {one.What}"));

    /// <summary>When the flag was due, or null if no outage counts.</summary>
    private DateTimeOffset? Flag(RecordedGame game, Player player, TimeControl control, DateTimeOffset fell)
    {
        var (left, turn) = (control.Initial, game.Start!.At);
        foreach (var disc in game.Discs.Select(disc => disc.Event))
        {
            var until = disc.At > turn ? disc.At : turn; // A node's clock may lag; a move before its turn has taken no time, and adds none.
            if (disc.By == player) left += control.Increment - (until - turn) + Given(turn, until);
            turn = until;
        }
        var rest = Rest(turn, DateTimeOffset.MaxValue);
        return Postponed(Counting(turn, fell), turn + left + rest, _graces.Clock) ?? (rest > TimeSpan.Zero ? turn + left + rest : null);
    }

    /// <summary>When the absence was due, or null if no outage counts. A player who was there cannot be absent, outage or not: that is for <see cref="AbsenceRule"/> to say.</summary>
    private DateTimeOffset? Absence(UserName player, DateTimeOffset lost) => _absences.Of(player, lost) is { } absence
        ? Postponed(_outages.Where(outage => outage.ReadyAt > absence.Since && outage.At < lost).Select(outage => outage.At < absence.Since ? outage with { At = absence.Since } : outage), absence.Due, TimeSpan.Zero)
        : null;

    private DateTimeOffset? Postponed(IEnumerable<Observation.Outage> outages, DateTimeOffset due, TimeSpan bonus)
    {
        var counted = false;
        foreach (var outage in outages)
        {
            if (due <= outage.At) break;
            due += Away(outage) + bonus;
            counted = true;
        }
        return counted ? due : null;
    }

    /// <summary>The outages that began between the two. What began before had passed when the span began, even if the server did not answer everybody yet.</summary>
    private IEnumerable<Observation.Outage> Counting(DateTimeOffset since, DateTimeOffset until) => _outages.Where(outage => outage.At >= since && outage.At < until);

    /// <summary>
    /// What a clock that ran between the two got back. A move that was made before the server was there again was on its way there, and its player's clock has stood still since; it has cost what it had run until then,
    /// as far as the server has to notice.
    /// </summary>
    private TimeSpan Given(DateTimeOffset since, DateTimeOffset until) =>
        Counting(since, until).Aggregate(Rest(since, until), (sum, outage) => sum + (outage.At + Away(outage) <= until ? Away(outage) + _graces.Clock : Noticed(until - outage.At)));

    private TimeSpan Noticed(TimeSpan away) => away > _graces.Unnoticed ? away - _graces.Unnoticed : TimeSpan.Zero;

    /// <summary>What was left of an outage in which the turn began, as far as the server has to notice.</summary>
    private TimeSpan Rest(DateTimeOffset since, DateTimeOffset until) => _outages
        .Where(outage => outage.At < since && outage.At + Away(outage) <= until)
        .Aggregate(TimeSpan.Zero, (sum, outage) => sum + Noticed(outage.At + Away(outage) - since));

    /// <summary>For how long the server must know that it was away.</summary>
    private TimeSpan Away(Observation.Outage outage) => outage.Length > _graces.StartUp ? outage.Length - _graces.StartUp : TimeSpan.Zero;
}
