using System.Collections.Concurrent;
using System.Globalization;

namespace ConnectFour.Hostile;

/// <summary>
/// Ten people who play five games, whatever is done to their server meanwhile, and ten more on a server that nobody attacks. What the first see of it, and the second do not, is what an
/// attack is worth: the attackers need the machine too.
/// </summary>
internal sealed class Bystanders : IAsyncDisposable
{
    private const int Pairs = 5;

    /// <summary>How long they are watched before the attack, and at least during it.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    /// <summary>What an answer may take at the 99th percentile; only where the machine has no time for anybody, three times what it takes on the server that nobody attacks.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(100);

    /// <summary>How much more memory the server may hold after an attack than before it, both times without its garbage: buffers that have grown are kept for the next, and code has been compiled.</summary>
    private const long KeptMegabytes = 32;

    /// <summary>How long it may take to give back what it holds; only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int _groups;

    private readonly ServerProcess _server;
    private readonly Bystander[] _all;
    private readonly Bystander[] _elsewhere;

    private Bystanders(ServerProcess server, Bystander[] all, Bystander[] elsewhere) => (_server, _all, _elsewhere) = (server, all, elsewhere);

    /// <param name="control">The server that nobody attacks.</param>
    public static async Task<Bystanders> Join(ServerProcess server, ServerProcess control) => new(server, await Join(server), await Join(control));

    private static async Task<Bystander[]> Join(ServerProcess server)
    {
        var group = Interlocked.Increment(ref _groups);
        var all = new List<Bystander>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var script = Draws.From(pair + 1).ToString();
            var (ann, bob) = ($"Ann{group}x{pair}", $"Bob{group}x{pair}");
            all.AddRange([await Bystander.Join(server.Address, ann, script), await Bystander.Join(server.Address, bob, script)]);
            await Bystander.Begin(all[^2], ann, all[^1], bob);
        }
        return [.. all];
    }

    /// <summary>Lets them play through an attack. Fails if they were answered too slowly, if a game is not what its two have played, or if the server does not give its memory back.</summary>
    public async Task Endure(Func<Task> attack, ITestOutputHelper output)
    {
        var calm = await Settle();
        var memory = await Kept();

        var (flood, control) = await Measure(attack);
        var most = Megabytes();

        foreach (var bystander in _all) await bystander.Check();
        for (var pair = 0; pair < Pairs; pair++) Assert.Equal(_all[2 * pair].Moves, _all[2 * pair + 1].Moves);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"p99 {calm.TotalMilliseconds:0.0} ms in the calm, {flood.TotalMilliseconds:0.0} ms in the flood, {control.TotalMilliseconds:0.0} ms meanwhile elsewhere; memory {memory} MB before, {most} MB at its end"));
        Assert.True(flood <= Promised || flood <= 3 * control, $"p99 {flood} in the flood, {control} meanwhile on a server that nobody attacks");
        var ended = TimeProvider.System.GetTimestamp();
        var kept = await Returns(memory + KeptMegabytes);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory {kept} MB, {TimeProvider.System.GetElapsedTime(ended).TotalSeconds:0.0} s afterwards"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bystanders in (Bystander[][])[_all, _elsewhere])
        {
            for (var pair = 0; pair < Pairs; pair++) await bystanders[2 * pair].Leave();
            foreach (var bystander in bystanders) bystander.Dispose();
        }
    }

    /// <summary>Waits for a calm: a server that has just started is busy with compiling its code, and so is the test.</summary>
    /// <returns>What an answer takes in it.</returns>
    private async Task<TimeSpan> Settle()
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (calm, elsewhere) = await Measure(() => Task.CompletedTask);
            if (calm < Promised / 4 && elsewhere < Promised / 4 || TimeProvider.System.GetElapsedTime(patience) > Patience) return calm;
        }
    }

    /// <summary>The 99th percentile of what answers take while something happens, here and elsewhere.</summary>
    private async Task<(TimeSpan Here, TimeSpan Elsewhere)> Measure(Func<Task> happening)
    {
        var (here, elsewhere) = (new ConcurrentQueue<TimeSpan>(), new ConcurrentQueue<TimeSpan>());
        using var end = new CancellationTokenSource();
        var playing = Task.WhenAll([.. _all.Select(bystander => bystander.Play(here, end.Token)), .. _elsewhere.Select(bystander => bystander.Play(elsewhere, end.Token))]);
        await Task.WhenAll(Task.Delay(Calm, TimeProvider.System), happening());
        await end.CancelAsync();
        await playing;
        return (P99(here), P99(elsewhere));
    }

    private static TimeSpan P99(ConcurrentQueue<TimeSpan> answers) => answers.Order().ElementAt((int)(answers.Count * 0.99));

    /// <summary>Waits until the server holds no more than that.</summary>
    /// <returns>What it holds then.</returns>
    private async Task<long> Returns(long bound)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            var kept = await Kept();
            if (kept <= bound) return kept;
            if (patience.IsCancellationRequested) Assert.Fail($"The server holds {kept} MB a minute after the attack, and may hold {bound}.");
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>What the server holds when it has collected its garbage.</summary>
    private async Task<long> Kept()
    {
        await GarbageCollection.Of(_server.ProcessId);
        return Megabytes();
    }

    private long Megabytes() => Memory.Of(_server.ProcessId);
}
