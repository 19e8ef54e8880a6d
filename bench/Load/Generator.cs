using System.Text.Json;

namespace ConnectFour.Bench.Load;

/// <summary>What one run of the generator found.</summary>
/// <param name="Moves">Moves a second that the opponent heard of.</param>
/// <param name="CpuPerMove">Processor time of the server for each, in µs.</param>
/// <param name="Core">The share of a core that the server used, in per cent.</param>
/// <param name="P50">From sending a move to the opponent's hearing of it, in ms; the median.</param>
/// <param name="Megabytes">Resident memory of the server at the end.</param>
/// <param name="OldestCollections">Collections of the oldest generation of memory in a minute.</param>
/// <param name="Trouble">What was heard and should not have been; null for nothing.</param>
internal sealed record Finding(double Moves, double CpuPerMove, double Core, double P50, double P99, double Megabytes, double OldestCollections, string? Trouble);

/// <summary>The load, in a process of its own: <see cref="LoadBench"/> starts it on another core than the server.</summary>
internal static class Generator
{
    /// <summary>A server that is never idle compiles its methods anew by the way, for some seconds.</summary>
    public static readonly TimeSpan Warmup = TimeSpan.FromSeconds(20);

    /// <param name="games">Games that are played at once, back to back.</param>
    /// <param name="idle">Users who are there as well, and do nothing.</param>
    /// <param name="pace">How long each player takes over a move; zero for none.</param>
    public static async Task Play(Target target, bool isRelay, int games, int idle, TimeSpan pace, TimeSpan span, TextWriter to)
    {
        var crowd = await Crowds.Come(target, idle);
        var latencies = new Latencies();
        var everybody = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (lines, players) = (new List<BareSocket>(), new List<Player>());
        for (var number = 0; number < games; number++)
        {
            var pair = new Pair(number, pace, latencies);
            foreach (var challenges in (bool[])[true, false])
            {
                lines.Add(await BareSocket.Connect(target.For(lines.Count), isRelay ? $"/relay?pair={number}" : "/ws"));
                players.Add(new Player(pair, challenges, lines[^1], isRelay));
                _ = players[^1].Begin(everybody.Task);
            }
        }
        await Task.Delay(TimeSpan.FromSeconds(1)); // The lobby has told everybody of everybody by now.
        everybody.SetResult();
        await Task.Delay(Warmup);

        latencies.Clear();
        var collections = await Usage.OldestCollections(target.For(0));
        to.WriteLine(Target.Mark);
        var (moves, cpu, begin) = (players.ConvertAll(player => player.Moves), target.Cpu, TimeProvider.System.GetTimestamp());
        await Task.Delay(span);
        var (seconds, made, used) = (TimeProvider.System.GetElapsedTime(begin).TotalSeconds, players.Sum(player => player.Moves) - moves.Sum(), target.Cpu - cpu);
        var trouble = players.Select(player => player.Trouble).FirstOrDefault(trouble => trouble is not null);
        if (players.Zip(moves).Count(now => now.First.Moves == now.Second) is > 0 and var stuck && span >= 4 * pace) trouble ??= $"{stuck} of {players.Count} players heard of no move";
        collections = (await Usage.OldestCollections(target.For(0)) - collections) / seconds * 60;

        to.WriteLine(JsonSerializer.Serialize(new Finding(
            made / seconds, used * 1_000_000 / Math.Max(1, made), used / seconds * 100, latencies.At(0.5), latencies.At(0.99), target.Megabytes, collections, trouble)));
        lines.ForEach(line => line.Dispose());
        Array.ForEach(crowd, visitor => visitor.Dispose());
    }
}
