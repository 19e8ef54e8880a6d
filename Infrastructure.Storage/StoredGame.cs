using System.Collections.Immutable;
using System.Data.Common;
using ConnectFour.Infrastructure.Storage.Schema;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>A game as its rows say it was: the one of table <c>games</c>, which is its first event, and the others. Whether they make a game remains to be seen.</summary>
internal sealed record StoredGame(StoredGame.Head Start, ImmutableArray<StoredGame.Row> Rows)
{
    /// <param name="FirstName">Null if there is no such user.</param>
    /// <param name="SecondName">The same.</param>
    public readonly record struct Head(
        long Number, long First, long Second, string Id, string? FirstName, long FirstColour, string? SecondName, long SecondColour, long? Initial, long? Increment, long Balance, string Opening, bool IsSwapped, bool IsRated, long StartedAt);

    public readonly record struct Row(long Version, long Kind, long Value, long At);

    /// <summary>At which the game is by its events, whatever its row says.</summary>
    public int Version => Rows.Length + 1;

    /// <summary>What a head is read from, of <see cref="Tables"/>.</summary>
    public const string Columns = "g.number, g.first, g.second, g.id, f.name, g.first_colour, s.name, g.second_colour, g.initial, g.increment, g.balance, g.opening, g.swapped, g.rated, g.started_at";

    public const string Tables = "games g LEFT JOIN users f ON f.number = g.first LEFT JOIN users s ON s.number = g.second";

    /// <summary>Of a row that begins with <see cref="Columns"/>.</summary>
    public static Head ReadHead(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), Text(row, 4), row.GetInt64(5), Text(row, 6), row.GetInt64(7), Number(row, 8), Number(row, 9), row.GetInt64(10), row.GetString(11), row.GetBoolean(12), row.GetBoolean(13), row.GetInt64(14));

    /// <summary>Of four columns: an event's version, kind, value and time.</summary>
    /// <param name="first">The position of the first of them.</param>
    public static Row ReadEvent(DbDataReader row, int first) => new(row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2), row.GetInt64(first + 3));

    /// <exception cref="ArgumentException">The rows make no game.</exception>
    public Game Game() => Domain.Game.Replay(Events());

    /// <exception cref="ArgumentException">The rows make no game.</exception>
    public ImmutableArray<GameEvent> Events()
    {
        var started = Started();
        var moves = started.Terms.Opening;
        var events = ImmutableArray.CreateBuilder<GameEvent>(Rows.Length + 1);
        events.Add(started);
        foreach (var row in Rows)
        {
            if (row.Version != events.Count + 1) throw new ArgumentException($"Version {events.Count + 1} is missing.");
            var happened = EventCodec.Decode(row.Kind, row.Value, started.At.AddMilliseconds(row.At), moves);
            events.Add(happened);
            if (happened is not GameEvent.DiscDropped drop) continue;
            if (moves.IsFinished || moves.Board.IsColumnFull(drop.Column)) throw new ArgumentException($"The rules forbid ply {moves.Plies + 1}.");
            moves = moves.Then(drop.Column);
        }
        if (Start.IsSwapped != events.OfType<GameEvent.Swapped>().Any()) throw new ArgumentException("The players have changed places, or not, and the events say otherwise.");
        if (moves.IsFinished && events[^1] is not GameEvent.Ended) throw new ArgumentException("The board is decided, and the game has no end.");
        return events.MoveToImmutable();
    }

    // The row says who plays which side now; the players have come to that by changing places, if one took the first disc over.
    private GameEvent.Started Started() => new(
        new GameId(Start.Id),
        new Seat(Name(Start.IsSwapped ? Start.SecondName : Start.FirstName), Colour(Start.FirstColour)),
        new Seat(Name(Start.IsSwapped ? Start.FirstName : Start.SecondName), Colour(Start.SecondColour)),
        new Terms(Start is { Initial: { } initial, Increment: { } increment } ? TimeControl.From(Seconds(initial), Seconds(increment)) : null, Balance(Start.Balance)) { Opening = Opening(Start.Opening) },
        DateTimeOffset.FromUnixTimeMilliseconds(Start.StartedAt),
        Start.IsRated ? Stakes.Rated : Stakes.Casual);

    public static UserName Name(string? stored) =>
        stored == UserRow.DeletedName ? UserName.Deleted
        : UserName.TryFrom(stored, out var name) ? name
        : throw new ArgumentException($"Nobody is called '{stored}'.");

    private static Balance Balance(long stored) => stored switch
    {
        (long)StoredBalance.None => Domain.Balance.None,
        (long)StoredBalance.Swap => Domain.Balance.Swap,
        (long)StoredBalance.Pair => Domain.Balance.Pair,
        (long)StoredBalance.Return => Domain.Balance.Return,
        _ => throw new ArgumentException($"There is no balance {stored}."),
    };

    private static Notation Opening(string stored) => Notation.TryFrom(stored, out var opening, out var problem) ? opening : throw new ArgumentException(problem);

    private static DiscColour Colour(long stored) =>
        stored is >= int.MinValue and <= int.MaxValue && Enum.IsDefined((DiscColour)stored) ? (DiscColour)stored : throw new ArgumentException($"There is no colour {stored}.");

    private static int Seconds(long stored) => stored is >= 0 and <= int.MaxValue ? (int)stored : throw new ArgumentException($"No clock has {stored} seconds.");

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
