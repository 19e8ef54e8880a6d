using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>Who looks on at which game.</summary>
public interface IWatchers
{
    /// <summary>False when the user watches as many as they may already. Watching twice is watching once.</summary>
    bool Watch(UserName name, GameId game);

    void Unwatch(UserName name, GameId game);

    ImmutableArray<UserName> Of(GameId game);

    /// <summary>The games whose watchers are others than when this was last asked; each once.</summary>
    ImmutableArray<GameId> Changed();

    /// <summary>The game is over: there is no more to see.</summary>
    void Forget(GameId game);

    /// <summary>The user left.</summary>
    void Forget(UserName name);
}
