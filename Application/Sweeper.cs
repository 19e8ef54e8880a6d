using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using MediatR;

namespace ConnectFour.Application;

/// <summary>
/// Looks for deadlines that have passed. A deadline is data, and its expiry one more conditional change: it does no harm when several sweepers find the same one.
/// </summary>
public sealed class Sweeper(ILobby lobby, IGameJournal journal, Games games, ServerTime time, IMediator mediator)
{
    /// <summary>How often to sweep: a deadline is enforced at most this late.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <returns>How late the deadlines of clocks, invitations and absences were enforced.</returns>
    public async Task<IReadOnlyList<TimeSpan>> Sweep(CancellationToken cancellationToken = default)
    {
        var late = new List<TimeSpan>();
        var now = time.Now;
        foreach (var game in await journal.FlagsDue(now))
        {
            if ((await journal.Find(game))?.Clock?.FallsAt is { } fellAt) late.Add(now - fellAt);
            await mediator.Send(new ExpireClockCommand(game), cancellationToken);
        }

        // Last, as the lobby may be away: the journal is not, and clocks are its business.
        await games.Settle();

        // Two who began to wait at the same moment, or could not be paired until now.
        foreach (var name in await lobby.Waiting()) await mediator.Send(new PairCommand(name), cancellationToken);

        var due = await lobby.Due(now);
        foreach (var invitation in due.Invitations)
        {
            late.Add(now - invitation.ExpiresAt);
            await mediator.Send(new ExpireInvitationCommand(invitation), cancellationToken);
        }
        foreach (var host in due.Links) await mediator.Send(new ExpireLinkCommand(host), cancellationToken);
        foreach (var name in due.Absences)
        {
            if ((await lobby.Find(name))?.LeavesAt is { } leavesAt) late.Add(now - leavesAt);
            await mediator.Send(new ExpireAbsenceCommand(name), cancellationToken);
        }
        return late;
    }
}
