using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Postgres;

namespace ConnectFour.Simulation.Tests.Journal;

/// <summary>The simulated database and a real PostgreSQL are asked the same, at random, and answer the same.</summary>
public sealed class DatabaseModelTests : IDisposable
{
    private const int Questions = 400;

    /// <summary>In milliseconds, of a busy machine.</summary>
    private const int Slow = 60_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly User[] People = [.. ((string[])["Ann", "Bob", "Cy", "Dan"]).Select(name => new User(UserName.From(name), UserKind.Guest, new Credential($"of {name}"), Start))];

    private readonly PostgresServer _server = new();
    private readonly PostgresDatabase _database;
    private readonly PostgresClient _real;
    private readonly SimulatedDatabase _model = new(TimeProvider.System, TimeProvider.System);

    /// <summary>Each game as it has been, version after version, with the numbers of its rows there and here.</summary>
    private readonly Dictionary<GameId, List<(RunningGame Theirs, RunningGame Ours)>> _games = [];

    public DatabaseModelTests()
    {
        var database = _server.ConnectionString(_server.Create());
        PostgresDatabase.Migrate(database + ";Pooling=false");
        _database = PostgresDatabase.Open(database);
        _real = new PostgresClient(_database);
    }

    public void Dispose()
    {
        _database.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_the_journal_asks_the_simulation_answers_as_PostgreSQL_does(int seed)
    {
        var random = new Random(seed);
        var now = Start;

        for (var i = 0; i < Questions; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(3_000));
            if (random.Next(12) == 0 || _games.Count == 0) await Begin(random, now);
            else await Append(random, now);
            if (random.Next(4) == 0) await Look(now);
        }

        await Look(now);
        foreach (var person in People)
        {
            var (theirs, ours) = ((await new Profiles(_database).Find(person.Credential))!.Tally, _model.Users.Single(user => user.Name == person.Name));
            Assert.Equal((theirs.Wins, theirs.Losses, theirs.Draws), (ours.Wins, ours.Losses, ours.Draws));
        }
        Assert.Contains(_games.Values, game => game[^1].Theirs.Game.Outcome is not null);
        Assert.Contains(_games.Values, game => game[^1].Theirs.Game.IsSwapped);
    }

    [Fact]
    public async Task Who_is_there_the_simulation_knows_as_PostgreSQL_does()
    {
        Guid[] servers = [.. Enumerable.Range(1, 3).Select(number => new Guid(number, 0, 0, new byte[8]))];
        using IBeatLine theirs = _real.Line(), other = _real.Line();
        (Guid Server, DateTimeOffset Until, TimeSpan Outage)[] beats =
            [(servers[0], default, Long), (servers[1], default, -Long), (servers[1], DateTimeOffset.MaxValue, -Long), (servers[0], default, -Long), (servers[0], default, Long)];

        foreach (var (server, until, outage) in beats)
        {
            var (said, known) = (await theirs.Beat(server, until, outage, default), _model.Beat(server, until, outage));
            Assert.Equal((said.IsTaken, said.Newest is null), (known.IsTaken, known.Newest is null));
            Assert.InRange(said.Now - known.Now, -TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        }
        await theirs.Clear(Long, default);
        _model.Clear(Long);

        Assert.Equal((await _real.Beating(servers, Long)).Order(), _model.Beating(servers, Long).Order());
        Assert.Equal((await _real.Beating(servers, -Long)).Order(), _model.Beating(servers, -Long).Order());
        Assert.Equal((true, false, true), (await theirs.TryLock(default), await other.TryLock(default), await theirs.TryLock(default)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(4, true)]
    [InlineData(3_600, true)]
    public async Task What_waiting_costs_the_simulation_knows_as_PostgreSQL_does(int seconds, bool isLost)
    {
        var started = new GameEvent.Started(new GameId("g"), new Seat(People[0].Name, DiscColour.Red), new Seat(People[1].Name, DiscColour.Yellow), new Terms(TimeControl.From(5, 0), Balance.None), Start);
        await _real.Find(started.Game); // There is a line from here on.
        var start = new Step(started, People[0], People[1], Ago(seconds));
        var (theirs, ours) = (await _real.Start(start, default), _model.Start(start));
        foreach (var (game, due) in new[] { (theirs!, await FlagsOfReal()), (ours!, await FlagsOfModel()) })
        {
            Assert.InRange(game.StartedAt - Start.ToUnixTimeMilliseconds(), isLost ? seconds * 1_000 : 0, isLost ? (seconds * 1_000) + Slow : 0);
            Assert.Equal(game.Game.Clock!.FallsAt, due);
        }

        var drop = Assert.IsType<Decision<Game, GameEvent>.Accepted>(theirs!.Game.Play(People[0].Name, 0, Column.From(1), theirs.Game.Clock!.FallsAt!.Value.AddSeconds(-1)));
        var step = new Step(drop.Next, drop.Events, Ago(seconds));
        var lost = (Theirs: await _real.Append(theirs, step, default), Ours: _model.Append(ours!, step));

        foreach (var (time, due) in new[] { (lost.Theirs, await FlagsOfReal()), (lost.Ours, await FlagsOfModel()) })
        {
            Assert.InRange(time!.Value.TotalMilliseconds, isLost ? seconds * 1_000 : 0, isLost ? (seconds * 1_000) + Slow : 0);
            Assert.Equal(drop.Next.Clock!.FallsAt + time, due);
        }

        var flag = Assert.IsType<Decision<Game, GameEvent>.Accepted>(drop.Next.FallFlag(drop.Next.Clock!.FallsAt!.Value));
        var end = new Step(flag.Next, flag.Events, Ago(seconds));
        Assert.Equal((isLost, isLost), (await _real.Append(theirs.At(drop.Next), end, default) is null, _model.Append(ours!.At(drop.Next), end) is null));

        static DateTimeOffset Ago(int seconds) => DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddSeconds(-seconds).ToUnixTimeMilliseconds());

        Task<DateTimeOffset> FlagsOfReal() => Due(async now => !(await _real.FlagsDue(now, 1)).IsEmpty);

        Task<DateTimeOffset> FlagsOfModel() => Due(now => Task.FromResult(!_model.FlagsDue(now, 1).IsEmpty));
    }

    /// <summary>When the only flag falls, to the millisecond: by halves.</summary>
    private static async Task<DateTimeOffset> Due(Func<DateTimeOffset, Task<bool>> isDue)
    {
        var (before, after) = (0L, (long)TimeSpan.FromDays(1).TotalMilliseconds);
        while (after - before > 1)
        {
            var middle = (before + after) / 2;
            if (await isDue(Start.AddMilliseconds(middle))) after = middle;
            else before = middle;
        }
        return Start.AddMilliseconds(after);
    }

    private async Task Begin(Random random, DateTimeOffset now)
    {
        var (one, two) = (random.Next(People.Length), random.Next(1, People.Length));
        var (first, second) = (People[one], People[(one + two) % People.Length]);
        var started = new GameEvent.Started(
            new GameId($"g{random.Next(30)}"), new Seat(first.Name, DiscColour.Red), new Seat(second.Name, DiscColour.Yellow),
            new Terms(random.Next(3) == 0 ? null : TimeControl.From(5, random.Next(10)), (Balance)random.Next(3)).For(new GameId($"{random.Next()}")), now);

        var step = new Step(started, first, second, TimeProvider.System.GetUtcNow());

        var (theirs, ours) = (await _real.Start(step, default), _model.Start(step));

        Assert.Equal(theirs is null, ours is null);
        if (theirs is not null) _games.Add(started.Game, [(theirs, ours!)]);
    }

    private async Task Append(Random random, DateTimeOffset now)
    {
        var known = _games.Values.ElementAt(random.Next(_games.Count));
        var (theirs, ours) = known[random.Next(5) == 0 ? random.Next(known.Count) : ^1];
        if (Decide(random, theirs.Game, now) is not Decision<Game, GameEvent>.Accepted { Events.IsEmpty: false } accepted) return;

        var step = new Step(accepted.Next, accepted.Events, TimeProvider.System.GetUtcNow());

        var lost = await _real.Append(theirs, step, default);

        Assert.Equal(lost, _model.Append(ours, step));
        Assert.Equal(lost is null, theirs != known[^1].Theirs);
        if (lost is not null) known.Add((theirs.At(accepted.Next), ours.At(accepted.Next)));
    }

    private static Decision<Game, GameEvent> Decide(Random random, Game game, DateTimeOffset now) => random.Next(30) switch
    {
        0 => game.Quit(game[(Player)random.Next(2)].Name, now),
        1 => game.FallFlag(now),
        2 => game.Resume(now, TimeSpan.FromSeconds(10), now),
        _ when game.Outcome is not null => game.FallFlag(now),
        _ when game.CanSwap => game.Swap(game[game.ToMove!.Value].Name, now),
        _ => game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, game.Board.LegalColumns[random.Next(game.Board.LegalColumns.Length)], now),
    };

    /// <summary>Everything that can be read. Numbers of rows are each one's own.</summary>
    private async Task Look(DateTimeOffset now)
    {
        var games = _games.Keys.Append(new GameId("unknown")).ToArray();
        foreach (var game in games) Assert.Equal(Text(await _real.Find(game)), Text(_model.Stored(game)));
        Assert.Equal((await _real.Running()).Select(Text), _model.Running().Select(Text));
        Assert.Equal((await _real.Versions([.. games])).OrderBy(game => game.Game.Value), _model.Versions([.. games]).OrderBy(game => game.Game.Value));
        foreach (var most in (int[])[2, 1_000]) Assert.Equal(await _real.FlagsDue(now, most), _model.FlagsDue(now, most));
        Assert.Equal(Texts(await _real.Players(_ => true)), Texts(_model.Players(_ => true)));
    }

    private static string Text(StoredGame? stored) => stored is null ? "none" : $"{stored.Start with { Number = 0, First = 0, Second = 0 }} {string.Join(' ', stored.Rows)}";

    private static IEnumerable<string> Texts(IReadOnlyList<(long, User User)> players) =>
        players.Select(player => $"{player.User.Name} {player.User.Kind} {player.User.Credential} {player.User.Since:O} {player.User.Tally}").Order(StringComparer.Ordinal);
}
