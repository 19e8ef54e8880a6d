using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.TestKit.Promises;

/// <summary>A game of the journal, taken apart. A version says how many events there are; plies are counted here, because not every event is a disc.</summary>
public sealed class RecordedGame
{
    private readonly string _columns;
    private readonly ImmutableArray<int> _pliesAt;

    public RecordedGame(JournalGame game)
    {
        (Id, Events) = (game.Id, game.Events);
        Start = Events.FirstOrDefault() as GameEvent.Started;
        Discs = Versions<GameEvent.DiscDropped>();
        Ends = Versions<GameEvent.Ended>();
        _columns = string.Concat(Discs.Select(disc => disc.Event.Column));
        _pliesAt = [.. Events.Select((_, i) => Discs.Count(disc => disc.Version <= i + 1))];
    }

    public GameId Id { get; }

    public ImmutableArray<GameEvent> Events { get; }

    /// <summary>Null if the game does not begin with its start.</summary>
    public GameEvent.Started? Start { get; }

    /// <summary>Each disc, at the index of its ply.</summary>
    public ImmutableArray<(GameEvent.DiscDropped Event, int Version)> Discs { get; }

    /// <summary>One, unless the game still runs or something is wrong.</summary>
    public ImmutableArray<(GameEvent.Ended Event, int Version)> Ends { get; }

    /// <summary>The moves so far when the game was at that version, or null if it never was.</summary>
    public string? MovesAt(int version) => version >= 1 && version <= Events.Length ? _columns[.._pliesAt[version - 1]] : null;

    public UserName? NameOf(Player player) => player == Player.First ? Start?.First.Name : Start?.Second.Name;

    /// <summary>The ply that is this client's move, with its version; null if the journal has nothing there, or another one's disc.</summary>
    public (GameEvent.DiscDropped Event, int Version)? Find(UserName client, Move move) =>
        move.Ply < Discs.Length && Discs[move.Ply] is var disc && disc.Event.Column == move.Column && NameOf(disc.Event.By) == client ? disc : null;

    private ImmutableArray<(T, int)> Versions<T>() where T : GameEvent =>
        [.. Events.Select((happened, i) => (happened as T, i + 1)).Where(entry => entry.Item1 is not null).Select(entry => (entry.Item1!, entry.Item2))];
}
