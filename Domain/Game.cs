using System.Diagnostics;
using Decision = ConnectFour.Domain.Decision<ConnectFour.Domain.Game, ConnectFour.Domain.GameEvent>;

namespace ConnectFour.Domain;

/// <summary>A game between two seats: an immutable value, the sum of its events.</summary>
public sealed record Game
{
    private Game(GameEvent.Started start)
    {
        if (start.Terms.Opening is var opening && (opening.IsFinished || opening.Plies % 2 != 0)) throw new ArgumentException("An opening leaves player 1 a disc to drop.", nameof(start));

        (Id, First, Second, Terms, Stakes) = (start.Game, start.First, start.Second, start.Terms, start.Stakes);
        Moves = Opening;
        Clock = start.Control is null ? null : Clock.Started(start.Control, start.At);
        Version = 1;
    }

    public GameId Id { get; }

    /// <summary>Who plays first: after a swap, whoever took the first disc over.</summary>
    public Seat First { get; private init; }

    public Seat Second { get; private init; }

    /// <summary>What was agreed upon.</summary>
    public Terms Terms { get; }

    /// <summary>The clocks agreed upon, or null for a game without.</summary>
    public TimeControl? Control => Terms.Control;

    public Stakes Stakes { get; }

    /// <summary>Whether the first disc was taken over: the two have exchanged sides.</summary>
    public bool IsSwapped { get; private init; }

    /// <summary>All discs in order, those of the opening too.</summary>
    public Notation Moves { get; private init; }

    /// <summary>The discs that lay there as the game began.</summary>
    public Notation Opening => Terms.Opening;

    /// <summary>How many discs the two have dropped.</summary>
    public int PliesPlayed => Moves.Plies - Opening.Plies;

    /// <summary>Null for a game without clocks.</summary>
    public Clock? Clock { get; private init; }

    /// <summary>Null while the game runs.</summary>
    public Outcome? Outcome { get; private init; }

    /// <summary>How many events the game is made of: 1 when it starts.</summary>
    public int Version { get; private init; }

    public Board Board => Moves.Board;

    /// <summary>Whose turn it is, or null once the game is over.</summary>
    public Player? ToMove => Outcome is null ? Board.ToMove : null;

    public Seat this[Player player] => player == Player.First ? First : Second;

    /// <summary>Which side the user plays, or null for everybody else.</summary>
    public Player? SideOf(UserName name) => name == First.Name ? Player.First : name == Second.Name ? Player.Second : null;

    /// <exception cref="ArgumentException">They do not play this game.</exception>
    public UserName OpponentOf(UserName name) => SideOf(name) is { } side ? this[side.Opponent].Name : throw new ArgumentException($"{name} does not play this game.", nameof(name));

    public static Game Start(GameEvent.Started start) => new(start);

    /// <summary>The game that these events make.</summary>
    /// <exception cref="ArgumentException">They do not begin with <see cref="GameEvent.Started"/>, or one of them does not follow from those before it.</exception>
    public static Game Replay(IEnumerable<GameEvent> events)
    {
        Game? game = null;
        foreach (var happened in events) game = After(game, happened);
        return game ?? throw new ArgumentException("A game has at least one event.", nameof(events));
    }

    /// <summary>One step of a replay.</summary>
    /// <param name="game">The game so far; null before its first event.</param>
    /// <exception cref="ArgumentException">It does not follow from those before it.</exception>
    public static Game After(Game? game, GameEvent happened) => (game, happened) switch
    {
        (null, GameEvent.Started start) => Start(start),
        (null, _) => throw new ArgumentException("A game begins with its start.", nameof(happened)),
        _ => game.Apply(happened),
    };

    /// <summary>
    /// Drops a disc. A repeated move is accepted without events; another column for a ply already played is <see cref="Refusal.Stale"/>.
    /// </summary>
    /// <param name="ply">How many discs the player saw on the board.</param>
    public Decision Play(UserName by, int ply, Column column, DateTimeOffset now)
    {
        if (SideOf(by) is not { } player) return Refuse(Refusal.NotAPlayer);
        if (ply < Opening.Plies || ply > Moves.Plies) return Refuse(Refusal.Stale);
        if (ply < Moves.Plies)
            return player != Dropper(ply) ? Refuse(Refusal.NotYourTurn) : Moves[ply] == column ? Accept() : Refuse(Refusal.Stale);
        if (Outcome is not null) return Refuse(Refusal.GameIsOver);
        if (player != ToMove) return Refuse(Refusal.NotYourTurn);
        if (Clock?.HasFallen(now) == true) return Refuse(Refusal.TimeIsUp);
        if (Board.IsColumnFull(column)) return Refuse(Refusal.ColumnFull);

        var dropped = new GameEvent.DiscDropped(player, column, now);
        var board = Board.Drop(column);
        if (board.Winner is { } winner) return Accept(dropped, new GameEvent.Ended(new Outcome.FourInLine(winner, board.WinningCells), now));
        if (board.IsFull) return Accept(dropped, new GameEvent.Ended(new Outcome.FullBoard(), now));
        return Accept(dropped);
    }

    /// <summary>Takes the first disc over instead of answering it, if that was agreed. Again by the same player: accepted without events.</summary>
    public Decision Swap(UserName by, DateTimeOffset now)
    {
        if (SideOf(by) is not { } player) return Refuse(Refusal.NotAPlayer);
        if (IsSwapped && player == Player.First) return Accept();
        if (Outcome is not null) return Refuse(Refusal.GameIsOver);
        if (!CanSwap || player != ToMove) return Refuse(Refusal.CannotSwap);
        if (Clock?.HasFallen(now) == true) return Refuse(Refusal.TimeIsUp);

        return Accept(new GameEvent.Swapped(now));
    }

    /// <summary>Gives the game up. Again by the same player: accepted without events.</summary>
    public Decision Quit(UserName by, DateTimeOffset now)
    {
        if (SideOf(by) is not { } player) return Refuse(Refusal.NotAPlayer);
        return End(new Outcome.Forfeit(player), now);
    }

    /// <summary>Ends the game for a player who stayed away; whether they did is the lobby's to say.</summary>
    public Decision Abandon(UserName by, DateTimeOffset now)
    {
        if (SideOf(by) is not { } player) return Refuse(Refusal.NotAPlayer);
        return End(new Outcome.Absence(player), now);
    }

    /// <summary>Ends the game if the running clock has reached zero; accepted without events if it has not.</summary>
    public Decision FallFlag(DateTimeOffset now)
    {
        if (Outcome is not null) return Refuse(Refusal.GameIsOver);
        if (Clock is not { Running: { } player } || !Clock.HasFallen(now)) return Accept();
        return End(new Outcome.Flag(player), now);
    }

    /// <summary>
    /// Goes on after the server was away: the running clock gets the outage back, and some time to find back to the game. A game without clocks has nothing to get: accepted without events.
    /// </summary>
    /// <param name="left">When the server was last known to be there.</param>
    public Decision Resume(DateTimeOffset left, TimeSpan extra, DateTimeOffset now)
    {
        if (Outcome is not null) return Refuse(Refusal.GameIsOver);
        if (Clock is not { Running: { } player }) return Accept();
        return Accept(new GameEvent.Resumed(Clock.Remaining(player, left) + extra, now));
    }

    /// <summary>So many plies, and each side has moved: what ended before was no game.</summary>
    public const int LeastRatedPlies = 2;

    /// <summary>Whether the result changes ratings.</summary>
    public bool CountsForRatings => Stakes == Stakes.Rated && Outcome is not null && PliesPlayed >= LeastRatedPlies;

    /// <summary>Whether whoever is to move may take the first disc over.</summary>
    public bool CanSwap => Terms.Balance == Balance.Swap && Moves.Plies == 1 && !IsSwapped;

    /// <summary>The side that whoever dropped the disc of a ply plays now: the first disc is no longer on its dropper's side if it was taken over.</summary>
    private Player Dropper(int ply) => (ply & 1) == 0 && !(IsSwapped && ply == 0) ? Player.First : Player.Second;

    private Decision End(Outcome outcome, DateTimeOffset now)
    {
        if (Outcome == outcome) return Accept();
        if (Outcome is not null) return Refuse(Refusal.GameIsOver);
        return Accept(new GameEvent.Ended(outcome, now));
    }

    // Transitions and replays take the same path, so that what was decided is what will be read back.
    private Decision Accept(params ReadOnlySpan<GameEvent> events)
    {
        var next = this;
        foreach (var happened in events) next = next.Apply(happened);
        return new Decision.Accepted(next, [.. events]);
    }

    private static Decision.Refused Refuse(Refusal why) => new(why);

    private Game Apply(GameEvent happened)
    {
        if (Outcome is not null) throw new ArgumentException("Nothing happens after the end of a game.", nameof(happened));
        return happened switch
        {
            GameEvent.DiscDropped drop when Moves.IsFinished || Board.IsColumnFull(drop.Column) => throw new ArgumentException("The rules forbid this disc.", nameof(happened)),
            GameEvent.DiscDropped drop when drop.By == ToMove => this with
            {
                Moves = Moves.Then(drop.Column),
                Clock = Clock?.Pressed(drop.By, drop.At),
                Version = Version + 1,
            },
            GameEvent.DiscDropped => throw new ArgumentException("It is the other player's turn.", nameof(happened)),
            GameEvent.Swapped when !CanSwap => throw new ArgumentException("There is nothing to take over.", nameof(happened)),
            GameEvent.Swapped => this with
            {
                First = First with { Name = Second.Name },
                Second = Second with { Name = First.Name },
                Clock = Clock?.Swapped(happened.At),
                IsSwapped = true,
                Version = Version + 1,
            },
            GameEvent.Resumed when Clock is null => throw new ArgumentException("There is no clock to go on.", nameof(happened)),
            GameEvent.Resumed resumed => this with { Clock = Clock.Resumed(resumed.Remaining, resumed.At), Version = Version + 1 },
            GameEvent.Ended end when !end.Outcome.IsPossible(Board, Control) => throw new ArgumentException($"The game cannot end by {end.Outcome} here.", nameof(happened)),
            GameEvent.Ended end => this with { Outcome = end.Outcome, Clock = Clock?.Stopped(end.At), Version = Version + 1 },
            GameEvent.Started => throw new ArgumentException("A game starts once.", nameof(happened)),
            _ => throw new UnreachableException(),
        };
    }
}
