using System.Collections.Immutable;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Postgres;

namespace ConnectFour.Simulation.Tests.Journal;

/// <summary>The database that all nodes share: its rows, and what the statements of the journal make of them, one transaction after the other.</summary>
/// <param name="time">Its clock, which may be set.</param>
/// <param name="clients">A clock that is never set.</param>
internal sealed class SimulatedDatabase(TimeProvider time, TimeProvider clients)
{
    /// <summary>In the order of their numbers, as are the users: the first is 1.</summary>
    private readonly OrderedDictionary<GameId, SimulatedGame> _games = [];
    private readonly List<User> _users = [];

    /// <summary>By the database's clock, in milliseconds since 1970.</summary>
    private readonly Dictionary<Guid, long> _beats = [];

    private BeatLine? _holder;

    /// <summary>Since when somebody gives the clocks their time back; null if nobody does.</summary>
    private DateTimeOffset? _recovering;

    /// <summary>A server is there again after none was, since that instant by the database's clock; with the games whose clocks had to be given their time back.</summary>
    public event Action<DateTimeOffset, IEnumerable<Game>>? Recovered;

    /// <summary>Somebody loses on time; after so long in their turn, and with so much that they had left as it began.</summary>
    public event Action<Game, TimeSpan, TimeSpan>? FlagFell;

    public bool IsUp { get; set; } = true;

    /// <summary>In the order in which they began.</summary>
    public IEnumerable<Game> Games => _games.Values.Select(game => game.Game);

    /// <summary>What is left after the run, for the checker.</summary>
    public IReadOnlyList<JournalGame> Journal => [.. _games.Values.Select(game => new JournalGame(game.Game.Id, game.Events))];

    /// <summary>The same of people; whoever comes under another credential has another row.</summary>
    public IReadOnlyList<JournalUser> Users =>
        [.. _users.GroupBy(user => user.Name, user => user.Tally).Select(rows => new JournalUser(rows.Key, rows.Sum(tally => tally.Wins), rows.Sum(tally => tally.Losses), rows.Sum(tally => tally.Draws)))];

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Game? Find(GameId id) => Row(id)?.Game;

    public ImmutableArray<GameEvent> Read(GameId id) => Row(id)?.Events ?? [];

    public StoredGame? Stored(GameId id) => Row(id)?.Stored;

    public IReadOnlyList<StoredGame> Running() => [.. _games.Values.Where(game => !game.IsOver).Select(game => game.Stored)];

    public IReadOnlyList<(long Number, User User)> Players(Func<long, bool> isWanted) =>
        [.. Running().SelectMany(game => (long[])[game.Start.First, game.Start.Second]).Distinct().Where(isWanted).Order().Select(number => (number, _users[(int)number - 1]))];

    public ImmutableArray<(GameId Game, int Version)> Versions(ImmutableArray<GameId> games) => [.. games.Select(Row).OfType<SimulatedGame>().Select(game => (game.Game.Id, game.Version))];

    public ImmutableArray<GameId> FlagsDue(DateTimeOffset now, int most) =>
        [.. _games.Values.Where(game => game.FlagAt <= now.ToUnixTimeMilliseconds()).OrderBy(game => game.FlagAt).Take(most).Select(game => game.Game.Id)];

    public RunningGame? Start(Step step)
    {
        var (first, second) = step.Players!.Value;
        var (one, two) = (Number(first), Number(second));
        if (Row(step.Next.Id) is not null) return null;

        var planned = (GameEvent.Started)step.Events[0];
        var started = planned with { At = planned.At + Lost(step) };
        var game = new SimulatedGame(_games.Count + 1, started, (one, Name(one)), (two, Name(two))) { FlagAt = FlagAt(Game.Start(started)), BeganAt = clients.GetUtcNow(), StoredAt = clients.GetUtcNow() };
        _games.Add(started.Game, game);
        return RunningGame.Of(game.Stored);
    }

    public TimeSpan? Append(RunningGame known, Step step)
    {
        var (next, events, lost) = (step.Next, step.Events, Lost(step));
        var game = _games.GetAt((int)known.Number - 1).Value;
        if (game.IsOver || game.Version != known.Game.Version || next.Outcome is Outcome.Flag && lost > TimeSpan.Zero) return null;

        if (next.Outcome is Outcome.Flag flag && game.Game.Clock is not null) FlagFell?.Invoke(next, clients.GetUtcNow() - game.StoredAt, game.Game.Clock.Remaining(flag.Of, DateTimeOffset.MinValue));
        foreach (var happened in events) game.Add(happened);
        (game.FlagAt, game.IsOver, game.StoredAt) = (FlagAt(next) + (long)lost.TotalMilliseconds, next.Outcome is not null, clients.GetUtcNow());
        if (next.IsSwapped && !known.Game.IsSwapped) game.Swap();
        if (next.Outcome is not { } outcome) return lost;

        foreach (var (user, side) in ((long, Player)[])[(known.At(next).First, Player.First), (known.At(next).Second, Player.Second)])
        {
            var row = _users[(int)user - 1];
            _users[(int)user - 1] = row with { Tally = row.Tally.With(outcome, side) };
        }
        return lost;
    }

    public Pulse Beat(Guid server, DateTimeOffset until, TimeSpan outage)
    {
        var now = Now;
        var newest = _beats.Values.Where(beat => beat <= now).Select(beat => (long?)beat).Max();
        var isOutage = newest is { } last && now - last > outage.TotalMilliseconds && _beats.GetValueOrDefault(server) <= now;
        var isTaken = !isOutage || now <= until.ToUnixTimeMilliseconds();
        if (isTaken) Take(server, now, isOutage ? newest : null);
        return new Pulse(DateTimeOffset.FromUnixTimeMilliseconds(now), newest is { } beat ? DateTimeOffset.FromUnixTimeMilliseconds(beat) : null, isTaken);
    }

    public IReadOnlySet<Guid> Beating(IReadOnlyCollection<Guid> servers, TimeSpan within) =>
        servers.Where(server => _beats.TryGetValue(server, out var beat) && beat <= Now && beat >= Now - within.TotalMilliseconds).ToHashSet();

    public void Clear(TimeSpan gone)
    {
        foreach (var (server, beat) in _beats.ToArray())
            if (beat < _beats.Values.Max() - gone.TotalMilliseconds) _beats.Remove(server);
    }

    public bool TryLock(BeatLine line)
    {
        if (_holder is null or { IsGone: true }) _holder = line;
        _recovering ??= clients.GetUtcNow();
        return _holder == line;
    }

    /// <summary>The line has ended, and with it the lock if it had it.</summary>
    public void Unlock(BeatLine line)
    {
        if (_holder == line) _holder = null;
    }

    /// <param name="left">Since when no server was there; null if one was.</param>
    private void Take(Guid server, long now, long? left)
    {
        _beats[server] = now;
        var since = _recovering ?? clients.GetUtcNow();
        _recovering = null;
        if (left is { } beat) Recovered?.Invoke(DateTimeOffset.FromUnixTimeMilliseconds(beat), _games.Values.Where(game => game.BeganAt < since && game is { IsOver: false, FlagAt: not null }).Select(game => game.Game));
    }

    /// <summary>Time that nobody had.</summary>
    private TimeSpan Lost(Step step) => TimeSpan.FromMilliseconds(Now - step.Asked.ToUnixTimeMilliseconds()) is var waited && waited > Heart.Outage ? waited : TimeSpan.Zero;

    private static long? FlagAt(Game game) => game.Clock?.FallsAt?.ToUnixTimeMilliseconds();

    private SimulatedGame? Row(GameId id) => _games.GetValueOrDefault(id);

    private UserName Name(long user) => _users[(int)user - 1].Name;

    /// <summary>The number of the user's row, which there is from now on.</summary>
    private long Number(User user)
    {
        var place = _users.FindIndex(known => known.Credential == user.Credential);
        if (place >= 0) return place + 1;
        _users.Add(new User(user.Name, user.Kind, user.Credential, DateTimeOffset.UnixEpoch));
        return _users.Count;
    }
}
