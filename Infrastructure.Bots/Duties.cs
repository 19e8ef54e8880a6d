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

    /// <summary>A game in which it may be a bot's turn.</summary>
    public void Take(Game game)
    {
        if (game.ToMove is { } player && Roster.All.ContainsKey(game[player].Name)) Add(new Duty.Turn(game[player].Name, game.Id, game.Moves.Plies));
    }

    private void Add(Duty duty) => _waiting.Writer.TryWrite(duty);
}
