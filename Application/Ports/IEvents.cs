using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>Where what has happened is published, in order and with locks held; every <see cref="IAudience"/> hears it.</summary>
public interface IEvents
{
    void Publish(LobbyEvent happened);

    /// <param name="game">The game after the events.</param>
    /// <param name="events">What was appended in one step.</param>
    void Publish(Game game, ImmutableArray<GameEvent> events);

    /// <summary>The game runs already as this process begins.</summary>
    void TakeUp(Game game);
}
