using System.Diagnostics;
using ConnectFour.Application;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>From the wire to the use cases. Pure; who acts is given by the connection.</summary>
internal static class Commands
{
    public static ICommand From(ClientMessage message, UserName by, ConnectionId on) => message switch
    {
        ChallengeMessage m => new ChallengeCommand(by, m.Opponent, Clock(m.Clock), Balance(m.Swap, m.Pair)),
        CancelMessage m => new CancelCommand(by, m.Opponent),
        AcceptMessage m => new AcceptCommand(by, m.Opponent),
        DeclineMessage m => new DeclineCommand(by, m.Opponent),
        SeekMessage m => new SeekCommand(by, [.. m.Clocks.Select(Clock)], Balance(m.Swap, m.Pair)),
        UnseekMessage => new UnseekCommand(by),
        LinkMessage m => new OfferCommand(by, Clock(m.Clock), Balance(m.Swap, m.Pair)),
        UnlinkMessage => new WithdrawLinkCommand(by),
        JoinMessage m => new JoinCommand(by, m.Opponent, m.Key),
        MoveMessage m => new MoveCommand(by, m.Game, m.Ply, m.Column),
        SwapMessage m => new SwapCommand(by, m.Game),
        ReactMessage m => new ReactCommand(by, m.Game, Wire.ReactionOf(m.Reaction)),
        ClaimMessage m => new ClaimCommand(by, m.Game),
        QuitMessage m => new QuitCommand(by, m.Game),
        RematchMessage m => new RematchCommand(by, m.Game),
        WatchMessage m => new WatchCommand(by, on, m.Game),
        UnwatchMessage m => new UnwatchCommand(by, on, m.Game),
        OpenMessage m => new SetOpenCommand(by, m.More),
        AllowMessage m => new AllowCommand(by, Wire.PolicyOf(m.Challenges)),
        BlockMessage m => new BlockCommand(by, m.Name),
        UnblockMessage m => new UnblockCommand(by, m.Name),
        FindMessage m => new FindCommand(by, m.Prefix),
        PingMessage m => new PingCommand(by, [.. (m.Games ?? []).Select(known => (known.Game, known.Version))]),
        _ => throw new UnreachableException(),
    };

    private static (int Initial, int Increment)? Clock(ClockSetting? clock) => clock is null ? null : (clock.Initial, clock.Increment);

    private static Balance? Balance(bool? swap, bool? pair) => (swap ?? false, pair ?? false) switch
    {
        (false, false) => Domain.Balance.None,
        (true, false) => Domain.Balance.Swap,
        (false, true) => Domain.Balance.Pair,
        (true, true) => null,
    };
}
