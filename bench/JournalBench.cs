using System.Collections.Immutable;
using System.Globalization;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Bench;

/// <summary>The journal as a server uses it, on a disk: every move that is counted was fsynced before its player was told.</summary>
internal static class JournalBench
{
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);
    private static readonly int[] Concurrent = [1, 8, 64, 512];

    /// <summary>A game of 21 plies, which is about what people need.</summary>
    private const string Usual = "444444333322222231116";

    /// <summary>Moves per second and how long each takes, with so many games played at once, and what a game adds to the file.</summary>
    public static async Task Moves(TextWriter to)
    {
        to.WriteLine("games at once | moves/s | p50 ms | p99 ms");
        foreach (var games in Concurrent)
        {
            using var folder = new Folder();
            await using var server = new Journal(folder.Path);
            var latencies = await Play(server, games);
            to.WriteLine(Line($"{games,13} | {latencies.Length / Span.TotalSeconds,7:0} | {At(latencies, 0.5),6:0.00} | {At(latencies, 0.99),6:0.00}"));
        }
        to.WriteLine(Line($"{await Growth():0} bytes a game of {Usual.Length} plies, with the players' records"));
    }

    /// <summary>How long it takes from the start of the process's journal until the running games are taken up, and how long the pages of a history take.</summary>
    public static async Task Start(TextWriter to, int running, int finished)
    {
        foreach (var many in (int[])[1_000, finished])
        {
            using var folder = new Folder();
            await using (new Journal(folder.Path)) { }
            Fill(folder.Path, running, many);
            var size = new FileInfo(DataDirectory.DatabaseIn(folder.Path)).Length;

            var begin = TimeProvider.System.GetTimestamp();
            await using var server = new Journal(folder.Path);
            await server.Get<Recovery>().Restart();
            var ready = TimeProvider.System.GetElapsedTime(begin);

            var pages = await Pages(server, many);
            to.WriteLine(Line($"{running} running and {many} finished games, {size / 1e6:0} MB: ready after {ready.TotalSeconds:0.00} s; a page of the history: newest {pages.Newest:0.0} ms, deep {pages.Deep:0.0} ms"));
        }
    }

    private static async Task<double[]> Play(Journal server, int games)
    {
        var time = server.Get<ServerTime>();
        var stop = TimeProvider.System.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, games).Select(table => Task.Run(async () =>
        {
            var own = new List<double>();
            for (var round = 0; TimeProvider.System.GetElapsedTime(stop) < Warmup + Span; round++)
            {
                var game = await server.Start($"t{table}r{round}");
                foreach (var column in Usual)
                {
                    var next = (Decision<Game, GameEvent>.Accepted)game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(column - '0'), time.Now);
                    var asked = TimeProvider.System.GetTimestamp();
                    if (await server.Get<IGameJournal>().Append(next.Next, next.Events) != AppendResult.Committed) throw new InvalidOperationException("Not committed.");
                    if (TimeProvider.System.GetElapsedTime(stop) is var now && now > Warmup && now < Warmup + Span) own.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
                    game = next.Next;
                    if (game.Outcome is not null) break;
                }
            }
            return own;
        })));
        return [.. latencies.SelectMany(own => own).Order()];
    }

    private static async Task<double> Growth()
    {
        const int Games = 2_000;
        using var folder = new Folder();
        long before;
        await using (new Journal(folder.Path)) { }
        before = new FileInfo(DataDirectory.DatabaseIn(folder.Path)).Length;
        await using (var server = new Journal(folder.Path))
        {
            await Task.WhenAll(Enumerable.Range(0, Games).Select(async number =>
            {
                var game = await server.Start($"growth{number}");
                foreach (var column in Usual)
                {
                    var next = (Decision<Game, GameEvent>.Accepted)game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(column - '0'), server.Get<ServerTime>().Now);
                    await server.Get<IGameJournal>().Append(next.Next, next.Events);
                    game = next.Next;
                }
                var quit = (Decision<Game, GameEvent>.Accepted)game.Quit(game.First.Name, server.Get<ServerTime>().Now);
                await server.Get<IGameJournal>().Append(quit.Next, quit.Events);
            }));
        }
        return (new FileInfo(DataDirectory.DatabaseIn(folder.Path)).Length - before) / (double)Games;
    }

    private static async Task<(double Newest, double Deep)> Pages(Journal server, int finished)
    {
        var history = server.Get<History>();
        await history.Of(1, null, 20);
        return (await Median(() => history.Of(1, null, 20)), await Median(() => history.Of(1, finished / 2, 20)));

        static async Task<double> Median(Func<Task> page)
        {
            var times = new List<double>();
            for (var i = 0; i < 51; i++)
            {
                var begin = TimeProvider.System.GetTimestamp();
                await page();
                times.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
            }
            times.Sort();
            return times[25];
        }
    }

    /// <summary>Rows as the journal would have written them, a thousand users who all play each other.</summary>
    private static void Fill(string folder, int running, int finished)
    {
        using var connection = new SqliteConnection($"Data Source={DataDirectory.DatabaseIn(folder)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText =
            $"""
            PRAGMA cache_size = -400000;
            BEGIN;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            INSERT INTO users (number, name, kind, credential, open_to_more, wins, losses, draws) SELECT i, 'User' || i, 1, 'account:' || i, 0, 0, 0, 0 FROM n;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {finished + running})
            INSERT INTO games (number, id, first, second, first_colour, second_colour, initial, increment, started_at, ended_at, winner, reason, plies, set_aside)
            SELECT i, 'g' || i, 1 + i % 1000, 1 + (i + 1 + i / 1000 % 998) % 1000, 0, 1, 180, 2, 1700000000000, iif(i > {finished}, NULL, 1700000100000), iif(i > {finished}, NULL, 1), iif(i > {finished}, NULL, 3), 21, 0 FROM n;
            WITH RECURSIVE p (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM p WHERE i < {Usual.Length})
            INSERT INTO events (game, version, kind, value, at) SELECT g.number, p.i + 1, 0, CAST(substr('{Usual}', p.i, 1) AS INTEGER), p.i * 1000 FROM games g CROSS JOIN p ORDER BY g.number, p.i;
            INSERT INTO events (game, version, kind, value, at) SELECT number, {Usual.Length + 2}, 2, 6, 100000 FROM games WHERE ended_at IS NOT NULL;
            COMMIT;
            PRAGMA wal_checkpoint(TRUNCATE);
            """;
        command.ExecuteNonQuery();
    }

    private static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The storage of a server without the server.</summary>
    private sealed class Journal : IAsyncDisposable
    {
        private readonly ServiceProvider _services;

        public Journal(string folder)
        {
            _services = new ServiceCollection()
                .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
                .AddSingleton<IEvents, Nobody>()
                .AddSqliteStorage(folder, new StorageSettings())
                .AddApplication()
                .BuildServiceProvider();
            Get<IGameJournal>();
        }

        public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

        public async Task<Game> Start(string id)
        {
            var (ann, bob) = (User($"{id[..Math.Min(id.Length, 12)]}A"), User($"{id[..Math.Min(id.Length, 12)]}B"));
            var started = new GameEvent.Started(new GameId(id), new Seat(ann.Name, DiscColour.Red), new Seat(bob.Name, DiscColour.Yellow), null, Get<ServerTime>().Now);
            await Get<IGameJournal>().Start(started, ann, bob);
            return Game.Start(started);
        }

        public ValueTask DisposeAsync() => _services.DisposeAsync();

        private static User User(string name) => new(UserName.From(name), UserKind.Guest, new Credential(name), DateTimeOffset.UnixEpoch);
    }

    private sealed class Nobody : IEvents
    {
        public void Publish(LobbyEvent happened) { }

        public void Publish(Game game, ImmutableArray<GameEvent> events) { }

        public void TakeUp(Game game) { }
    }

    /// <summary>On the disk of the current folder: the system's folder for temporary files may be memory.</summary>
    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateDirectory(System.IO.Path.GetFullPath($"artifacts/bench-{Guid.NewGuid():N}")).FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
