using System.Collections.Immutable;
using System.Diagnostics;
using ConnectFour.Domain;

namespace ConnectFour.TestKit.Promises;

/// <summary>
/// Nobody is absent who is there: a player is from the moment in which their last line ended, as their client saw it, and loses by it when <see cref="Graces.Absence"/> has passed since, or
/// <see cref="Graces.Leaving"/> if they left on purpose.
/// <list type="bullet">
/// <item>A server notices the end of a line later than the client, and then grants more than that; or earlier, by <see cref="Graces.Noticing"/> at most, and by so much it may then be early.</item>
/// <item>Of several lines, which ended last the server may see otherwise than the client: if one of them was left on purpose since the player came, the shorter time is all that is certain.</item>
/// </list>
/// </summary>
internal sealed class AbsenceRule
{
    private readonly Graces _graces;
    private readonly ILookup<UserName, Observation> _lines;

    public AbsenceRule(ImmutableArray<Observation> observations, Graces graces)
    {
        _graces = graces;
        _lines = observations.Where(observation => observation is Observation.Connected or Observation.Cut).ToLookup(observation => observation switch
        {
            Observation.Connected connected => connected.Client,
            Observation.Cut cut => cut.Client,
            _ => throw new UnreachableException(),
        });
    }

    /// <summary>The absence that the player was in at that moment, or null if they had a line, or have never come.</summary>
    public Absence? Of(UserName player, DateTimeOffset at)
    {
        var (lines, isOnPurpose, since) = (0, false, DateTimeOffset.MaxValue);
        foreach (var observation in _lines[player].Where(observation => observation.At < at))
        {
            if (observation is Observation.Connected && lines++ == 0) isOnPurpose = false;
            if (observation is not Observation.Cut cut) continue;
            lines--;
            isOnPurpose |= cut.OnPurpose;
            since = cut.At;
        }
        return lines > 0 || since == DateTimeOffset.MaxValue ? null : new(since, since + (isOnPurpose ? _graces.Leaving : _graces.Absence) - _graces.Noticing);
    }

    /// <summary>Why the player may not lose by absence at that moment; null if they may.</summary>
    public string? Objection(UserName player, DateTimeOffset at) => Of(player, at) switch
    {
        _ when !_graces.IsTimed => null,
        null => $"{player} was there",
        { Due: var due, Since: var since } when at < due => $"{player} was there until {since:HH:mm:ss.fff}, and could come back until {due:HH:mm:ss.fff}",
        _ => null,
    };
}

/// <param name="Since">When the last line ended.</param>
/// <param name="Due">When it costs the player a game, at the earliest.</param>
internal sealed record Absence(DateTimeOffset Since, DateTimeOffset Due);
