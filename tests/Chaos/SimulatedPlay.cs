using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>
/// What a run looks like when the server keeps every promise: pairs play, lines are cut, moves are sent twice, too late and into the void, the server goes away
/// and comes back, flags fall and players stay away. All of it made up, in no time; the same seed gives the same run.
/// </summary>
internal sealed class SimulatedPlay
{
    private static readonly Graces Graces = new();

    private readonly Random _random;
    private readonly ImmutableArray<Person> _people;
    private readonly List<Table> _tables = [];
    private DateTimeOffset _now = Instants.Start;
    private int _epoch = 1;

    public SimulatedPlay(int seed, int pairs = 4, int steps = 400)
    {
        _random = new Random(seed);
        _people = [.. Enumerable.Range(0, 2 * pairs).Select(i => new Person(UserName.From($"P{i}")))];
        foreach (var person in _people) Arrive(person);
        for (var step = 0; step < steps; step++)
        {
            _now += TimeSpan.FromMilliseconds(_random.Next(1_500));
            Sweep();
            if (Chance(0.02)) GoAway();
            else Turn(_random.Next(pairs));
        }
    }

    public History History { get; } = new();

    public ImmutableArray<JournalGame> Journal => [.. _tables.Select(table => new JournalGame(table.Id, [.. table.Events]))];

    public ImmutableArray<JournalUser> Users => [.. _people.Select(person => new JournalUser(person.Name, person.Wins, person.Losses, person.Draws))];

    private bool Chance(double share) => _random.NextDouble() < share;

    private void Turn(int pair)
    {
        var (one, other) = (_people[2 * pair], _people[2 * pair + 1]);
        var table = _tables.Find(table => table.Outcome is null && table.People.Contains(one));
        foreach (var person in (Person[])[one, other])
            if (!person.IsHere && Chance(0.3)) Arrive(person);
        if (table is null) Sit(Chance(0.5) ? [one, other] : [other, one]);
        else if (table.People[table.Moves.Plies % 2] is { IsHere: true } mover) Act(table, mover);
    }

    private void Sit(Person[] people)
    {
        var control = Chance(0.5) ? TimeControl.From(20, 1) : null;
        var table = new Table(new GameId($"g{_tables.Count}"), people, control, _now);
        _tables.Add(table);
        table.Add(new GameEvent.Started(table.Id, new(people[0].Name, DiscColour.Red), new(people[1].Name, DiscColour.Yellow), control, _now));
        foreach (var person in people) History.Add(new Observation.GameStarted(person.Name, table.Id, _now));
        Show(table);
    }

    private void Act(Table table, Person mover)
    {
        var (ply, legal) = (table.Moves.Plies, table.Moves.Board.LegalColumns);
        var move = mover.Unsettled?.Game == table.Id ? mover.Unsettled : new Move(table.Id, ply, legal[_random.Next(legal.Length)]);
        mover.Unsettled = null;
        switch (_random.Next(20))
        {
            case 0 when move.Ply == ply:
                History.Add(new Observation.Quit(mover.Name, table.Id, _now));
                End(table, new Outcome.Forfeit(Side(table, mover)));
                break;
            case 1:
                Depart(mover, onPurpose: true);
                break;
            case 2 when ply >= 2:
                var old = table.Moves.ToString()[ply - 2] - '0';
                Refuse(mover, new Move(table.Id, ply - 2, Column.From(old % Column.Count + 1)), "stale");
                break;
            case 3:
                Lose(mover, move); // On its way to the server.
                break;
            case 4:
                History.Add(new Observation.Invoked(mover.Name, move, _now));
                Drop(table, move);
                Lose(mover, null, move); // On its way back.
                break;
            case 5:
                Ask(table, mover, move);
                Ask(table, mover, move);
                break;
            default:
                Ask(table, mover, move);
                break;
        }
        Show(table);
    }

    private void Ask(Table table, Person by, Move move)
    {
        History.Add(new Observation.Invoked(by.Name, move, _now));
        var dup = !Drop(table, move);
        History.Add(new Observation.Ok(by.Name, move, 1 + move.Ply + 1, dup, _now)); // After the start, every event is a disc.
    }

    private void Refuse(Person by, Move move, string code)
    {
        History.Add(new Observation.Invoked(by.Name, move, _now));
        History.Add(new Observation.Refused(by.Name, move, code, _now));
    }

    private void Lose(Person by, Move? unsent, Move? sent = null)
    {
        if (unsent is not null) History.Add(new Observation.Invoked(by.Name, unsent, _now));
        by.Unsettled = unsent ?? sent!;
        if (Chance(0.8)) History.Add(new Observation.Unknown(by.Name, by.Unsettled, _now));
        Depart(by, onPurpose: false);
    }

    /// <returns>Whether it was not there before.</returns>
    private bool Drop(Table table, Move move)
    {
        if (move.Ply < table.Moves.Plies) return false;

        table.Add(new GameEvent.DiscDropped(table.Moves.Board.ToMove, move.Column, _now));
        if (table.Moves.Board.Winner is { } winner) End(table, new Outcome.FourInLine(winner, table.Moves.Board.WinningCells));
        else if (table.Moves.Board.IsFull) End(table, new Outcome.FullBoard());
        return true;
    }

    private void End(Table table, Outcome outcome)
    {
        table.Add(new GameEvent.Ended(outcome, _now));
        foreach (var person in table.People)
            if (outcome.Winner is not { } winner) person.Draws++;
            else if (winner == Side(table, person)) person.Wins++;
            else person.Losses++;
        Show(table);
    }

    /// <summary>Whoever is here sees what is new, or sees it later, several versions at once.</summary>
    private void Show(Table table)
    {
        for (var side = 0; side < 2; side++)
        {
            var (person, version) = (table.People[side], table.Events.Count);
            if (!person.IsHere || table.Shown[side] == version || Chance(0.1)) continue;

            table.Shown[side] = version;
            History.Add(new Observation.Applied(person.Name, table.Id, version, $"e{_epoch}", table.Moves.ToString(), _now));
            if (table.Outcome is { } outcome) History.Add(new Observation.GameOver(person.Name, table.Id, version, outcome.Winner, Word(outcome), _now));
        }
    }

    private void Sweep()
    {
        foreach (var table in _tables.Where(table => table.Outcome is null))
            if (table.FlagDue <= _now) End(table, new Outcome.Flag(table.Moves.Board.ToMove));
            else if (table.People.FirstOrDefault(person => person.LeavesAt <= _now) is { } absent) End(table, new Outcome.Absence(Side(table, absent)));
    }

    private void GoAway()
    {
        var length = TimeSpan.FromMilliseconds(_random.Next(200, 30_000));
        History.Add(new Observation.Outage(_now, _now + length));
        foreach (var person in _people.Where(person => person.IsHere)) Depart(person, onPurpose: false);
        _now += length;
        _epoch++;
        foreach (var person in _people) person.LeavesAt = _now + Graces.Absence;
        foreach (var table in _tables) table.FlagDue += length + Graces.Clock;
    }

    private void Arrive(Person person)
    {
        person.LeavesAt = null;
        History.Add(new Observation.Connected(person.Name, $"e{_epoch}", _now));
    }

    private void Depart(Person person, bool onPurpose)
    {
        person.LeavesAt = _now + (onPurpose ? Graces.Leaving : Graces.Absence);
        History.Add(new Observation.Cut(person.Name, onPurpose, _now));
    }

    private static Player Side(Table table, Person person) => table.People[0] == person ? Player.First : Player.Second;

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.FourInLine => "four",
        Outcome.FullBoard => "full",
        Outcome.Forfeit => "forfeit",
        Outcome.Flag => "flag",
        _ => "absence",
    };

    private sealed class Person(UserName name)
    {
        public UserName Name => name;
        public DateTimeOffset? LeavesAt { get; set; }
        public bool IsHere => LeavesAt is null;
        public Move? Unsettled { get; set; }
        public int Wins { get; set; }
        public int Losses { get; set; }
        public int Draws { get; set; }
    }

    /// <summary>A game with the server's own clock, kept apart from what the checker recounts.</summary>
    private sealed class Table(GameId id, Person[] people, TimeControl? control, DateTimeOffset started)
    {
        private readonly TimeSpan[] _left = [control?.Initial ?? default, control?.Initial ?? default];

        public GameId Id => id;
        public Person[] People => people;
        public List<GameEvent> Events { get; } = [];
        public Notation Moves { get; private set; }
        public Outcome? Outcome { get; private set; }
        public int[] Shown { get; } = [0, 0];
        public DateTimeOffset? FlagDue { get; set; } = started + control?.Initial;

        public void Add(GameEvent happened)
        {
            Events.Add(happened);
            if (happened is GameEvent.DiscDropped disc)
            {
                if (FlagDue is { } due) _left[(int)disc.By] = due - disc.At + control!.Increment;
                Moves = Moves.Then(disc.Column);
                FlagDue = control is null ? null : disc.At + _left[(int)disc.By.Opponent];
            }
            else if (happened is GameEvent.Ended ended)
            {
                (Outcome, FlagDue) = (ended.Outcome, null);
            }
        }
    }
}
