using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>A game with everything around it: who is away, and how many look on.</summary>
internal sealed class WholeGames(ILobby lobby, IWatchers watchers, ServerTime time)
{
    public async ValueTask<ServerMessage> Of(Game game)
    {
        // Who left after the end is nobody's concern any more.
        if (game.Outcome is not null) return Wire.Game(game, null, null, 0, time.Now);

        var onlookers = watchers.Of(game.Id).Count(name => game.SideOf(name) is null);
        return Wire.Game(game, await lobby.Find(game.First.Name), await lobby.Find(game.Second.Name), onlookers, time.Now);
    }
}
