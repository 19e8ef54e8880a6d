using System.Collections.Immutable;
using System.Threading.Channels;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Bots;

/// <summary>Hears what concerns bots. What waits here is one thing for each of their games and challenges at most.</summary>
internal sealed class Duties : IAudience
{
    private readonly Channel<Duty> _waiting = Channel.CreateUnbounded<Duty>(new UnboundedChannelOptions { SingleReader = true });

    public IAsyncEnumerable<Duty> All(CancellationToken cancellation) => _waiting.Reader.ReadAllAsync(cancellation);

    public void Hear(LobbyEvent happened)
    {
        if (happened is LobbyEvent.Challenged { Invitation: { } invitation } && Roster.All.ContainsKey(invitation.To)) Add(new Duty.Answer(invitation.To, invitation.From));
    }

    public void Hear(Game game, ImmutableArray<GameEvent> events) => Take(game);

    /// <summary>The node that committed it does what is to be done. Should it be gone, another one does.</summary>
    public void HearFromElsewhere(Game game, ImmutableArray<GameEvent> events) => Take(game, isOthers: true);

    /// <summary>A game in which it may be a bot's turn.</summary>
    /// <param name="isOthers">Whether another node is about to play.</param>
    public void Take(Game game, bool isOthers = false)
    {
        if (game.ToMove is { } player && Roster.All.ContainsKey(game[player].Name)) Add(new Duty.Turn(game[player].Name, game.Id, game.Moves.Plies, isOthers));
    }

    private void Add(Duty duty) => _waiting.Writer.TryWrite(duty);
}
