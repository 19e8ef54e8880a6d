using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>Tells the world what has happened. Called in order and with locks held, so an implementation only queues.</summary>
public interface IEvents
{
    void Publish(LobbyEvent happened);

    /// <param name="game">The game after the events.</param>
    /// <param name="events">What was appended in one step.</param>
    void Publish(Game game, ImmutableArray<GameEvent> events);
}
