using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;

namespace ConnectFour.TestKit;

/// <summary>Remembers what was published, in order.</summary>
public sealed class RecordedEvents : IEvents, IAudience
{
    private readonly Lock _lock = new();
    private ImmutableList<LobbyEvent> _lobby = [];
    private ImmutableList<(Game Game, ImmutableArray<GameEvent> Events)> _games = [];
    private ImmutableList<Game> _takenUp = [];

    public ImmutableList<LobbyEvent> Lobby
    {
        get { lock (_lock) return _lobby; }
    }

    public ImmutableList<(Game Game, ImmutableArray<GameEvent> Events)> Games
    {
        get { lock (_lock) return _games; }
    }

    /// <summary>The games that ran already.</summary>
    public ImmutableList<Game> TakenUp
    {
        get { lock (_lock) return _takenUp; }
    }

    public void Hear(LobbyEvent happened) => Publish(happened);

    public void Hear(Game game, ImmutableArray<GameEvent> events) => Publish(game, events);

    public void Publish(LobbyEvent happened)
    {
        lock (_lock) _lobby = _lobby.Add(happened);
    }

    public void Publish(Game game, ImmutableArray<GameEvent> events)
    {
        lock (_lock) _games = _games.Add((game, events));
    }

    public void TakeUp(Game game)
    {
        lock (_lock) _takenUp = _takenUp.Add(game);
    }
}
