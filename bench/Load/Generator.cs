using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ConnectFour.Bench.Load;

/// <summary>What one run of the generator found.</summary>
/// <param name="Moves">Moves a second that the opponent heard of.</param>
/// <param name="CpuPerMove">Processor time of the server for each, in µs.</param>
/// <param name="Core">The share of a core that the server used, in per cent.</param>
/// <param name="P50">From sending a move to the opponent's hearing of it, in ms; the median.</param>
/// <param name="Megabytes">Resident memory of the server at the end.</param>
/// <param name="Trouble">What was heard and should not have been; null for nothing.</param>
internal sealed record Finding(double Moves, double CpuPerMove, double Core, double P50, double P99, double Megabytes, string? Trouble);

/// <summary>The load, in a process of its own: <see cref="LoadBench"/> starts it on another core than the server.</summary>
internal static class Generator
{
    /// <summary>A server that is never idle compiles its methods anew by the way, for some seconds.</summary>
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(20);

    /// <summary>How many log in at once.</summary>
    private const int AtOnce = 64;

    /// <param name="games">Games that are played at once, back to back.</param>
    /// <param name="pace">How long each player takes over a move; zero for none.</param>
    public static async Task Play(Uri server, int process, bool isRelay, int games, TimeSpan pace, TimeSpan span, TextWriter to)
    {
        var latencies = new Latencies();
        var everybody = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (lines, players) = (new List<BareSocket>(), new List<Player>());
        for (var number = 0; number < games; number++)
        {
            var pair = new Pair(number, pace, latencies);
            foreach (var challenges in (bool[])[true, false])
            {
                lines.Add(await BareSocket.Connect(server, isRelay ? $"/relay?pair={number}" : "/ws"));
                players.Add(new Player(pair, challenges, lines[^1], isRelay));
                _ = players[^1].Begin(everybody.Task);
            }
        }
        await Task.Delay(TimeSpan.FromSeconds(1)); // The lobby has told everybody of everybody by now.
        everybody.SetResult();
        await Task.Delay(Warmup);

        latencies.Clear();
        var (moves, cpu, begin) = (players.Sum(player => player.Moves), Usage.Cpu(process), TimeProvider.System.GetTimestamp());
        await Task.Delay(span);
        var (seconds, made, used) = (TimeProvider.System.GetElapsedTime(begin).TotalSeconds, players.Sum(player => player.Moves) - moves, Usage.Cpu(process) - cpu);

        to.WriteLine(JsonSerializer.Serialize(new Finding(
            made / seconds, used * 1_000_000 / Math.Max(1, made), used / seconds * 100, latencies.At(0.5), latencies.At(0.99), Usage.Megabytes(process), players.Select(player => player.Trouble).FirstOrDefault(trouble => trouble is not null))));
        lines.ForEach(line => line.Dispose());
    }

    /// <summary>So many users who are there and do nothing: how fast they came, and what the server needs for them.</summary>
    public static async Task Idle(Uri server, int process, int users, TimeSpan span, TextWriter to)
    {
        var (lines, before, begin) = (new BareSocket[users], Usage.Megabytes(process), TimeProvider.System.GetTimestamp());
        await Parallel.ForAsync(0, users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var welcome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lines[number] = await BareSocket.Connect(server, "/ws");
            var listening = lines[number].Listen(text =>
            {
                if (text.StartsWith("""{"type":"welcome"""u8)) welcome.SetResult();
            });
            lines[number].Say(Encoding.ASCII.GetBytes($$"""{"type":"new_connection","username":"u{{number}}x"}"""));
            await Task.WhenAny(welcome.Task, listening);
        });
        var came = TimeProvider.System.GetElapsedTime(begin);
        await Task.Delay(Warmup);

        var cpu = Usage.Cpu(process);
        await Task.Delay(span);
        var used = Usage.Cpu(process) - cpu;
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{users} users: {users / came.TotalSeconds:0} logins/s, {Usage.Megabytes(process):0} MB ({before:0} MB before them), {used / span.TotalSeconds * 100:0.0} % of a core while they do nothing"));
        foreach (var line in lines) line.Dispose();
    }
}
