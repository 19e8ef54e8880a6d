using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>
/// One game of Ann and Bob, written down step by step, a second each: what the two did and saw, and what the journal has. Nothing makes the two agree.
/// </summary>
internal sealed class Scenario
{
    public static readonly UserName Ann = UserName.From("Ann");
    public static readonly UserName Bob = UserName.From("Bob");

    private const string Epoch = "epoch";

    private readonly List<GameEvent> _events = [];
    private readonly HashSet<UserName> _here = [];
    private double _seconds;

    public Scenario(TimeControl? control = null)
    {
        Comes(Ann).Comes(Bob);
        Written(new GameEvent.Started(Game, new(Ann, DiscColour.Red), new(Bob, DiscColour.Yellow), control, Now));
        Shown(Ann, 1, "");
        Shown(Bob, 1, "");
    }

    public GameId Game { get; } = new("g");

    public History History { get; } = new();

    public ImmutableArray<JournalGame> Journal => [new(Game, [.. _events])];

    /// <summary>What a recount of the journal gives.</summary>
    public ImmutableArray<JournalUser> Users => _events.OfType<GameEvent.Ended>().FirstOrDefault() is not { } end
        ? []
        : [.. from side in Enum.GetValues<Player>() let won = end.Outcome.Winner == side let drawn = end.Outcome.Winner is null
              select new JournalUser(side == Player.First ? Ann : Bob, won ? 1 : 0, won || drawn ? 0 : 1, drawn ? 1 : 0)];

    private DateTimeOffset Now => Instants.At(_seconds);

    private string Columns => string.Concat(_events.OfType<GameEvent.DiscDropped>().Select(disc => disc.Column));

    public ImmutableArray<Violation> Check() => HistoryChecker.Check(History, Journal, Users);

    /// <summary>Moves that everything is right about.</summary>
    public Scenario Plays(string columns)
    {
        foreach (var digit in columns)
        {
            var (ply, column) = (Columns.Length, digit - '0');
            Asks(ply, column).Drops(column).IsTold(ply, column, _events.Count);
            Shown(Ann, _events.Count, Columns);
            Shown(Bob, _events.Count, Columns);
        }
        return this;
    }

    public Scenario Asks(int ply, int column) => Note(new Observation.Invoked(Mover(ply), Move(ply, column), Now));

    public Scenario IsTold(int ply, int column, int version) => Note(new Observation.Ok(Mover(ply), Move(ply, column), version, false, Now));

    public Scenario IsRefused(int ply, int column, string code) => Note(new Observation.Refused(Mover(ply), Move(ply, column), code, Now));

    public Scenario HearsNothing(int ply, int column) => Note(new Observation.Unknown(Mover(ply), Move(ply, column), Now));

    /// <summary>A disc in the journal, whoever knows of it.</summary>
    public Scenario Drops(int column) => Written(new GameEvent.DiscDropped((Player)(Columns.Length % 2), Column.From(column), Now));

    public Scenario GivesUp(Player player) => Quits(player == Player.First ? Ann : Bob).Ends(new Outcome.Forfeit(player));

    public Scenario Quits(UserName client, GameId? game = null) => Note(new Observation.Quit(client, game ?? Game, Now));

    /// <summary>An end in the journal.</summary>
    public Scenario Ends(Outcome outcome) => Written(new GameEvent.Ended(outcome, Now));

    public Scenario Shown(UserName client, int version, string moves) => Note(new Observation.Applied(client, Game, version, Epoch, moves, Now));

    public Scenario SeesEnd(UserName client, int version, Player? winner, string reason) => Note(new Observation.GameOver(client, Game, version, winner, reason, Now));

    public Scenario Passes(double seconds)
    {
        _seconds += seconds;
        return this;
    }

    /// <summary>One line of the client ends.</summary>
    public Scenario Cut(UserName client, bool onPurpose = false)
    {
        _here.Remove(client);
        return Note(new Observation.Cut(client, onPurpose, Now));
    }

    /// <summary>The client is welcomed: back, or on one more line.</summary>
    public Scenario Comes(UserName client)
    {
        _here.Add(client);
        return Note(new Observation.Connected(client, Epoch, Now));
    }

    /// <summary>The server is away; nobody's line outlives it.</summary>
    public Scenario Outage(double seconds)
    {
        Note(new Observation.Outage(Now, Instants.At(_seconds + seconds)));
        foreach (var client in _here.ToArray()) Cut(client);
        return Passes(seconds);
    }

    private static UserName Mover(int ply) => ply % 2 == 0 ? Ann : Bob;

    private Move Move(int ply, int column) => new(Game, ply, Column.From(column));

    private Scenario Note(Observation observation)
    {
        History.Add(observation);
        return this;
    }

    private Scenario Written(GameEvent happened)
    {
        _events.Add(happened);
        return Passes(1);
    }
}
