using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Engine;
using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Bots;

/// <summary>Plays the bots: by the same commands as everybody, and at a pace that can be followed.</summary>
internal sealed partial class BotService(
    Duties duties, Thinkers thinkers, IGameJournal journal, ServerTime serverTime, Node node, IMediator mediator, BotSettings settings, TimeProvider time, ILogger<BotService> log) : BackgroundService
{
    /// <summary>The part of its time left that a bot spends on one move, at most.</summary>
    private const int MovesAhead = 40;

    /// <summary>How long another node has to play before this one does.</summary>
    private static readonly TimeSpan OthersTurn = TimeSpan.FromSeconds(10);

    /// <summary>How long a bot waits before it tries again what could not be stored.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var name in Roster.All.Keys.Order())
        {
            var reply = await mediator.Send(new ConnectBotCommand(name, node.NewConnection($"bot {name}")), cancellationToken);
            if (reply is Reply.Welcome welcome) foreach (var game in welcome.Games) duties.Take(game);
            else LogAbsent(name.Text, reply);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var duty in duties.All(stoppingToken)) _ = Do(duty, stoppingToken);
    }

    private async Task Do(Duty duty, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                if (duty is Duty.Answer answer) await mediator.Send(new AcceptCommand(answer.Bot, answer.Challenger.Text), stop);
                if (duty is Duty.Turn turn) await Play(turn, stop);
                return;
            }
            catch (Exception away) when (away is StoreAwayException or LobbyAwayException)
            {
                await Task.Delay(Again, time, stop); // It names what it is about, so that it does no harm when it was done already.
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                LogFailed(problem, duty);
                return;
            }
        }
    }

    private async Task Play(Duty.Turn turn, CancellationToken stop)
    {
        if (turn.IsOthers) await Task.Delay(OthersTurn, time, stop);
        if (await journal.Recall(turn.Game) is not { } game || turn.IsOthers && game.Moves.Plies != turn.Ply) return;

        var analysis = thinkers.Analyse(game.Board);
        await Task.Delay(Pace(game), time, stop);
        var command = Choose(turn, game, await analysis);

        // Nobody else moves for us, so what was not stored is tried again as it is, until it is or does not matter any more.
        while (await mediator.Send(command, stop) is Reply.NotStored) await Task.Delay(Again, time, stop);
    }

    private ICommand Choose(Duty.Turn turn, Game game, Analysis analysis) => game.CanSwap && Opponent.WantsToSwap(analysis)
        ? new SwapCommand(turn.Bot, turn.Game.Value)
        : new MoveCommand(turn.Bot, turn.Game.Value, turn.Ply, thinkers.Opponent(Roster.All[turn.Bot]).Choose(analysis).Number);

    /// <summary>From a third of the pace to all of it, and less when the clock is short.</summary>
    private TimeSpan Pace(Game game)
    {
        var pace = settings.Pace * (1 + thinkers.Next(3) + thinkers.Next(100) / 100.0) / 4;
        return game is { Clock: { } clock, ToMove: { } player } && clock.Remaining(player, serverTime.Now) / MovesAhead is var most && most < pace ? most : pace;
    }

    [LoggerMessage(4001, LogLevel.Warning, "The bot {Name} has no place in the lobby: {Reply}")]
    private partial void LogAbsent(string name, Reply reply);

    [LoggerMessage(4002, LogLevel.Error, "A bot could not do what it had to: {Duty}")]
    private partial void LogFailed(Exception problem, Duty duty);
}
