using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>Whoever wants to hear what happens: those who tell the world, those who play by themselves. Called in order and with locks held, so an implementation only queues.</summary>
public interface IAudience
{
    void Hear(LobbyEvent happened);

    /// <param name="game">The game after the events.</param>
    /// <param name="events">What was appended in one step.</param>
    void Hear(Game game, ImmutableArray<GameEvent> events);

    /// <summary>The same, of what another node has committed: to most it makes no difference.</summary>
    void HearFromElsewhere(Game game, ImmutableArray<GameEvent> events) => Hear(game, events);

    /// <summary>The game runs already as this process begins; what happens in it from now on is told as of any other.</summary>
    void TakeUp(Game game) { }

    /// <summary>The journal was put back to an earlier state: the game is as it is here, and what was told of it afterwards is lost.</summary>
    void HearSetBack(Game game) { }
}
