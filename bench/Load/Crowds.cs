using System.Globalization;

namespace ConnectFour.Bench.Load;

/// <summary>The load of many who are there at once: those who do nothing, those who look at the lobby, and those who lose their line all at once. In a process of its own, as <see cref="Generator"/> is.</summary>
internal static class Crowds
{
    /// <summary>How many come at once.</summary>
    private const int AtOnce = 64;

    /// <summary>Users who come, or go, each second while others watch.</summary>
    private const int PerSecond = 50;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>So many users who are there and do nothing: how fast they came, and what the server needs for them.</summary>
    public static async Task Idle(Target target, int users, TimeSpan span, TextWriter to)
    {
        var (before, begin) = (target.Megabytes, TimeProvider.System.GetTimestamp());
        var crowd = await Come(target, users);
        var came = TimeProvider.System.GetElapsedTime(begin);
        await Task.Delay(Generator.Warmup);

        to.WriteLine(Target.Mark);
        var cpu = target.Cpu;
        await Task.Delay(span);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{users} users: {users / came.TotalSeconds:0} logins/s, {target.Megabytes:0} MB ({before:0} MB before them), {(target.Cpu - cpu) / span.TotalSeconds * 100:0.0} % of a core while they do nothing"));
        foreach (var visitor in crowd) visitor.Dispose();
    }

    /// <summary>So many users, once all of them are there.</summary>
    public static async Task<Visitor[]> Come(Target target, int users)
    {
        var crowd = Enumerable.Range(0, users).Select(number => new Visitor($"u{number}x")).ToArray();
        await All(crowd, visitor => visitor.Come(target));
        return crowd;
    }

    /// <summary>How long it takes until each of so many is shown that somebody has come or gone, and what that costs.</summary>
    public static async Task Lobby(Target target, int watchers, TimeSpan span, TextWriter to)
    {
        var counts = new Counts((int)(span.TotalSeconds * PerSecond), watchers);
        var crowd = Enumerable.Range(0, watchers).Select(number => new Visitor($"w{number}x") { Count = count => counts.Shown(number, count) }).ToArray();
        await All(crowd, visitor => visitor.Come(target));
        await Task.Delay(Rest);
        var passing = Enumerable.Range(0, counts.Changes).Select(number => new Visitor($"p{number}x")).ToArray();
        await All(passing[..PerSecond], async visitor => // What is done for the first time takes longer.
        {
            await visitor.Come(target);
            visitor.Dispose();
        });
        await Task.Delay(Rest);

        foreach (var comes in (bool[])[true, false])
        {
            counts.Begin(comes ? watchers : watchers + passing.Length, comes);
            to.WriteLine(Target.Mark);
            var (messages, bytes, cpu, begin) = (crowd.Sum(visitor => visitor.Messages), crowd.Sum(visitor => visitor.Bytes), target.Cpu, TimeProvider.System.GetTimestamp());
            using (var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond)))
            {
                foreach (var visitor in passing)
                {
                    await pace.WaitForNextTickAsync();
                    if (comes) await visitor.Come(target);
                    else visitor.Dispose();
                    counts.Happened();
                }
            }
            await Task.Delay(TimeSpan.FromSeconds(1));
            var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{watchers} watchers, {passing.Length} users {(comes ? "come" : "go")}: shown after p50 {counts.Latencies.At(0.5):0} ms, p99 {counts.Latencies.At(0.99):0} ms, at most {counts.Longest.TotalMilliseconds:0} ms; {counts.Wrong} watchers wrong at the end; {(crowd.Sum(visitor => visitor.Messages) - messages) / seconds / watchers:0.0} messages with {(crowd.Sum(visitor => visitor.Bytes) - bytes) / seconds / watchers:0} bytes a second to each; {(target.Cpu - cpu) / seconds * 100:0.0} % of a core; {target.Megabytes:0} MB"));
        }
        foreach (var visitor in (Visitor[])[.. crowd, .. passing]) visitor.Dispose();
    }

    /// <summary>So many players lose their lines in one instant, and come back in one.</summary>
    public static async Task Storm(Target target, int users, TextWriter to)
    {
        var players = Enumerable.Range(0, users / 2 * 2).Select(number => new Visitor($"s{number}x")).ToArray();
        await All(players, player => player.Come(target));
        await All([.. players.Where((_, number) => number % 2 == 0)], async player =>
        {
            var opponent = players[Array.IndexOf(players, player) + 1];
            player.Say($$"""{"type":"challenge","clock":null,"opponent":"{{opponent.Name}}"}""");
            await Task.WhenAll(player.Game, opponent.Game).WaitAsync(Patience);
        });
        await Task.Delay(Rest);

        foreach (var player in players) player.Dispose();
        var (cpu, begin) = (target.Cpu, TimeProvider.System.GetTimestamp());
        await Task.WhenAll(players.Select(async player =>
        {
            await player.Come(target);
            await player.Game;
        })).WaitAsync(Patience);

        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{players.Length} players cut at once: all back with their games after {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0.0} s, {target.Cpu - cpu:0.0} s of processor time, {target.Megabytes:0} MB"));
        foreach (var player in players) player.Dispose();
    }

    private static Task All(Visitor[] visitors, Func<Visitor, Task> act) =>
        Parallel.ForEachAsync(visitors, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (visitor, _) => await act(visitor));

    /// <summary>How many users there are, one more or less at a time, and when each watcher is shown that.</summary>
    /// <param name="changes">How many come, and then go.</param>
    private sealed class Counts(int changes, int watchers)
    {
        private readonly long[] _when = new long[changes];
        private readonly int[] _shown = new int[watchers];
        private readonly Lock _lock = new();
        private int _happened;
        private int _from;
        private bool _isRising;

        public int Changes => changes;

        public Latencies Latencies { get; } = new();

        public TimeSpan Longest { get; private set; }

        /// <summary>Watchers who have not been shown all of it.</summary>
        public int Wrong => _shown.Count(shown => shown != changes);

        public void Begin(int from, bool isRising)
        {
            (_from, _isRising, _happened, Longest) = (from, isRising, 0, TimeSpan.Zero);
            Array.Clear(_shown);
            Latencies.Clear();
        }

        /// <summary>One more has come, or gone.</summary>
        public void Happened()
        {
            lock (_lock) _when[_happened++] = TimeProvider.System.GetTimestamp();
        }

        /// <summary>A watcher is shown a number, and with it each change up to it. What is shown before we know of it ourselves was quick.</summary>
        public void Shown(int watcher, int count)
        {
            lock (_lock)
            {
                var upTo = Math.Clamp(_isRising ? count - _from : _from - count, 0, changes);
                for (; _shown[watcher] < upTo; _shown[watcher]++)
                {
                    var took = _shown[watcher] < _happened ? TimeProvider.System.GetElapsedTime(_when[_shown[watcher]]) : TimeSpan.Zero;
                    Latencies.Add(took);
                    if (took > Longest) Longest = took;
                }
            }
        }
    }
}
