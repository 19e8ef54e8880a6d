using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;

namespace ConnectFour.Web.Truth;

/// <summary>The positions that people are thinking about right now, which nobody is told the truth about.</summary>
internal sealed class GamesInPlay : IAudience
{
    /// <summary>Before that, half of the world plays the same.</summary>
    private const int LeastPlies = 8;

    /// <summary>How far somebody could look ahead from their game.</summary>
    private const int MostAhead = 6;

    private readonly ConcurrentDictionary<GameId, Game> _games = [];

    public int Count => _games.Count;

    public void Hear(LobbyEvent happened)
    {
        // Who is here does not matter.
    }

    public void Hear(Game game, ImmutableArray<GameEvent> events) => Take(game);

    public void TakeUp(Game game) => Take(game);

    public void HearSetBack(Game game) => Take(game);

    private void Take(Game game)
    {
        if (game.Outcome is null) _games[game.Id] = game;
        else _games.TryRemove(game.Id, out _);
    }

    /// <summary>Whether the report of a finished game could: somebody can play a copy of a running one, and give it up.</summary>
    /// <param name="from">How many of the moves nobody played, and the report says nothing of.</param>
    public bool Concern(Notation moves, int from, UserName? asker) =>
        Enumerable.Range(from, moves.Plies - from + 1).Any(plies => Concern(moves.Take(plies).Board, asker));

    /// <summary>Whether the answer could help in a running game: in any game of the one who asks, and in anybody's that has so many discs, for people have more than one browser.</summary>
    /// <param name="asker">Who asks, as far as it is known.</param>
    public bool Concern(Board board, UserName? asker)
    {
        var mirror = board.Mirror();
        return _games.Values.Any(game => IsAhead(game.Board) || (asker is not null && game.SideOf(asker) is not null && game.Moves.Plies > 0 && Leads(game.Board)));

        bool Leads(Board from) => board.Contains(from) || mirror.Contains(from);

        bool IsAhead(Board from) => from.Plies >= LeastPlies && board.Plies - from.Plies <= MostAhead && Leads(from);
    }
}
