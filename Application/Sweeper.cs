using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using MediatR;

namespace ConnectFour.Application;

/// <summary>
/// Looks for deadlines that have passed. A deadline is data, and its expiry one more conditional change: it does no harm when several sweepers find the same one.
/// </summary>
public sealed class Sweeper(ILobby lobby, IGameJournal journal, Games games, Excuses excuses, ServerTime time, IMediator mediator)
{
    /// <summary>How often to sweep: a deadline is enforced at most this late.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <returns>How late the deadlines of clocks, invitations and absences were enforced.</returns>
    /// <exception cref="LobbyAwayException">The lobby does not answer. What the journal decides by itself was swept.</exception>
    /// <exception cref="AggregateException">Something failed; the rest was swept.</exception>
    public async Task<IReadOnlyList<TimeSpan>> Sweep(CancellationToken cancellationToken = default)
    {
        var sweep = new Sweeping(mediator, time.Now, cancellationToken);
        foreach (var game in await journal.FlagsDue(sweep.Now))
        {
            if ((await journal.Recall(game))?.Clock?.FallsAt is { } fellAt) sweep.Late.Add(sweep.Now - fellAt);
            await sweep.Send(new ExpireClockCommand(game));
        }

        // At once: the lobby may be away, and the journal is not, or slow, and the lobby is not.
        await Task.WhenAll(games.Settle(), Sweep(sweep));
        if (sweep.Problems.Count > 0) throw new AggregateException(sweep.Problems);
        return sweep.Late;
    }

    private async Task Sweep(Sweeping sweep)
    {
        // Two who began to wait at the same moment, or could not be paired until now.
        foreach (var name in await lobby.Waiting()) await sweep.Send(new PairCommand(name));

        await excuses.Settle();
        var due = await lobby.Due(sweep.Now);
        foreach (var invitation in due.Invitations)
        {
            sweep.Late.Add(sweep.Now - invitation.ExpiresAt);
            await sweep.Send(new ExpireInvitationCommand(invitation));
        }
        foreach (var host in due.Links) await sweep.Send(new ExpireLinkCommand(host));
        foreach (var name in due.Absences)
        {
            if ((await lobby.Find(name))?.LeavesAt is { } leavesAt) sweep.Late.Add(sweep.Now - leavesAt);
            await sweep.Send(new ExpireAbsenceCommand(name));
        }
    }

    /// <summary>One sweep, of which no part is in the way of the others.</summary>
    private sealed class Sweeping(IMediator mediator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        public DateTimeOffset Now => now;

        public List<TimeSpan> Late { get; } = [];

        public List<Exception> Problems { get; } = [];

        public async Task Send(ICommand command)
        {
            try
            {
                await mediator.Send(command, cancellationToken);
            }
            catch (StoreAwayException)
            {
                // The next sweep finds the same.
            }
            catch (Exception problem) when (problem is not (LobbyAwayException or OperationCanceledException))
            {
                Problems.Add(problem);
            }
        }
    }
}
