using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace ConnectFour.Infrastructure.Redis.Wire;

/// <summary>Between what happens in a game and what is published of it. Which cells made the line follows from the moves before.</summary>
internal static class GameCodec
{
    /// <param name="node">Who committed it.</param>
    /// <param name="game">The game after the events.</param>
    public static string Encode(string node, Game game, ImmutableArray<GameEvent> events) =>
        JsonSerializer.Serialize(new WireGame(node, game.Id.Value, game.Version, [.. events.Select(Wire)]), WireJson.Default.WireGame);

    /// <exception cref="JsonException">It is nothing of a game.</exception>
    public static WireGame Decode(string json) => JsonSerializer.Deserialize(json, WireJson.Default.WireGame) ?? throw new JsonException("No game.");

    /// <param name="id">The game's.</param>
    /// <param name="game">The game before the event; null before its first.</param>
    /// <exception cref="JsonException">It is no event that can come here.</exception>
    public static GameEvent Event(string id, Game? game, WireGameEvent wire) => (wire.Kind, game) switch
    {
        ("started", null) => new GameEvent.Started(
            new GameId(id), UserCodec.Seat(wire.First!), UserCodec.Seat(wire.Second!), UserCodec.Terms(wire.Terms!), UserCodec.Time(wire.At), wire.Stakes),
        ("dropped", not null) => new GameEvent.DiscDropped(wire.By, Column.From(wire.Column), UserCodec.Time(wire.At)),
        ("swapped", not null) => new GameEvent.Swapped(UserCodec.Time(wire.At)),
        ("resumed", not null) => new GameEvent.Resumed(TimeSpan.FromMilliseconds(wire.Remaining), UserCodec.Time(wire.At)),
        ("ended", not null) => new GameEvent.Ended(Outcome(game, wire), UserCodec.Time(wire.At)),
        _ => throw new JsonException($"No '{wire.Kind}' comes here."),
    };

    private static WireGameEvent Wire(GameEvent happened)
    {
        var at = UserCodec.Milliseconds(happened.At);
        return happened switch
        {
            GameEvent.Started e => new("started", at) { First = UserCodec.Wire(e.First), Second = UserCodec.Wire(e.Second), Terms = UserCodec.Wire(e.Terms), Stakes = e.Stakes },
            GameEvent.DiscDropped e => new("dropped", at) { By = e.By, Column = e.Column.Number },
            GameEvent.Swapped => new("swapped", at),
            GameEvent.Resumed e => new("resumed", at) { Remaining = (long)e.Remaining.TotalMilliseconds },
            GameEvent.Ended e => new("ended", at) { Reason = e.Outcome.Reason, By = e.Outcome.Subject ?? default },
            _ => throw new UnreachableException(),
        };
    }

    private static Outcome Outcome(Game game, WireGameEvent wire) => wire.Reason switch
    {
        "four" => new Outcome.FourInLine(wire.By, game.Board.WinningCells),
        "full" => new Outcome.FullBoard(),
        "forfeit" => new Outcome.Forfeit(wire.By),
        "flag" => new Outcome.Flag(wire.By),
        "absence" => new Outcome.Absence(wire.By),
        _ => throw new JsonException($"No game ends by '{wire.Reason}'."),
    };
}
