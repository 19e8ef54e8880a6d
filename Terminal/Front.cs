using ConnectFour.Terminal.Online;

namespace ConnectFour.Terminal;

/// <summary>Runs what was asked for, on whatever stage there is.</summary>
internal sealed class Front(Backstage backstage, Func<Activity, CancellationToken, Task> show, TimeProvider time)
{
    private readonly Lazy<Solver> _solver = new(() => new Solver());

    /// <exception cref="FormatException">What was asked for makes no sense.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task Run(Request request, CancellationToken cancellation)
    {
        if (request is Request.Menu)
        {
            await Choose(cancellation);
            return;
        }
        await using var activity = Begin(request);
        await show(activity, cancellation);
    }

    /// <summary>From the menu and back to it, until it is left.</summary>
    private async Task Choose(CancellationToken cancellation)
    {
        var problem = "";
        while (true)
        {
            await using var menu = new Menu();
            if (problem.Length > 0) menu.Explain(problem);
            await show(menu, cancellation);
            if (menu.Chosen is null or Request.Menu) return;

            problem = "";
            try
            {
                await Run(menu.Chosen, cancellation);
            }
            catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
            {
                problem = wrong.Message;
            }
        }
    }

    private Activity Begin(Request request) => request switch
    {
        Request.Play { Against: null } => new Match(backstage),
        Request.Play { Against: { } level } play => new Match(backstage, new(level, play.Person.Opponent, Choosers.Of(level, _solver.Value, seed: (int)time.GetTimestamp()))),
        Request.Analyse analyse => new AnalysisBoard(new Analyst(_solver.Value, backstage), analyse.Moves),
        Request.Replay replay => new Replay(Replay.Record.Read(replay.Of)),
        Request.Online online => new OnlinePlay(online.Server, online.Name, backstage, time),
        _ => throw new FormatException("That is done from the command line: 'help' tells how."),
    };
}
