using System.Diagnostics;
using ConnectFour.Application;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>From the wire to the use cases. Pure; who acts is given by the connection.</summary>
internal static class Commands
{
    public static ICommand From(ClientMessage message, UserName by) => message switch
    {
        ChallengeMessage m => new ChallengeCommand(by, m.Opponent, m.Clock is { } clock ? (clock.Initial, clock.Increment) : null),
        CancelMessage m => new CancelCommand(by, m.Opponent),
        AcceptMessage m => new AcceptCommand(by, m.Opponent),
        DeclineMessage m => new DeclineCommand(by, m.Opponent),
        MoveMessage m => new MoveCommand(by, m.Game, m.Ply, m.Column),
        QuitMessage m => new QuitCommand(by, m.Game),
        RematchMessage m => new RematchCommand(by, m.Game),
        WatchMessage m => new WatchCommand(by, m.Game),
        UnwatchMessage m => new UnwatchCommand(by, m.Game),
        OpenMessage m => new SetOpenCommand(by, m.More),
        FindMessage m => new FindCommand(by, m.Prefix),
        PingMessage m => new PingCommand(by, [.. (m.Games ?? []).Select(known => (known.Game, known.Version))]),
        _ => throw new UnreachableException(),
    };
}
