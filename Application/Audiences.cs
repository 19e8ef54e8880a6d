using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>Everybody hears everything, in the same order.</summary>
public sealed class Audiences(IEnumerable<IAudience> audiences) : IEvents
{
    private readonly ImmutableArray<IAudience> _audiences = [.. audiences];

    public void Publish(LobbyEvent happened)
    {
        foreach (var audience in _audiences) audience.Hear(happened);
    }

    public void Publish(Game game, ImmutableArray<GameEvent> events)
    {
        foreach (var audience in _audiences) audience.Hear(game, events);
    }

    public void TakeUp(Game game)
    {
        foreach (var audience in _audiences) audience.TakeUp(game);
    }

    /// <summary>Tells of what another node has committed.</summary>
    public void PublishFromElsewhere(Game game, ImmutableArray<GameEvent> events)
    {
        foreach (var audience in _audiences) audience.HearFromElsewhere(game, events);
    }

    /// <summary>Tells that what was told of a game is lost from here on.</summary>
    public void PublishSetBack(Game game)
    {
        foreach (var audience in _audiences) audience.HearSetBack(game);
    }
}
