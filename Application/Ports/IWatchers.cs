using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>Who looks on at which game. A connection does: what one tab of a user looks at ends with that tab, whatever the others do.</summary>
public interface IWatchers
{
    /// <summary>False when the connection watches as many games as it may already. Watching twice is watching once.</summary>
    bool Watch(UserName name, ConnectionId connection, GameId game);

    void Unwatch(ConnectionId connection, GameId game);

    /// <summary>The users who watch the game, each once.</summary>
    ImmutableArray<UserName> Of(GameId game);

    /// <summary>The games whose watchers are others than when this was last asked; each once.</summary>
    ImmutableArray<GameId> Changed();

    /// <summary>The game is over: there is no more to see.</summary>
    void Forget(GameId game);

    /// <summary>The connection has closed.</summary>
    void Forget(ConnectionId connection);
}
