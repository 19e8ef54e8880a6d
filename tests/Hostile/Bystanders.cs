using System.Collections.Concurrent;
using System.Globalization;

namespace ConnectFour.Hostile;

/// <summary>Ten people who play five games, whatever is done to the server meanwhile. What they see of it is what an attack is worth.</summary>
internal sealed class Bystanders : IAsyncDisposable
{
    private const int Pairs = 5;

    /// <summary>How long they are watched before the attack, and at least during it.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    /// <summary>What an answer may take at the 99th percentile; where the machine is busy with other things and answers slowly in the calm, as much more.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(100);

    /// <summary>How much more memory the server may hold after an attack than before it: buffers that have grown are kept for the next, and the collector lets so much pile up before it looks.</summary>
    private const long KeptMegabytes = 128;

    /// <summary>How long the collector may take to find out; only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static int _groups;

    private readonly ServerProcess _server;
    private readonly Bystander[] _all;

    private Bystanders(ServerProcess server, Bystander[] all) => (_server, _all) = (server, all);

    public static async Task<Bystanders> Join(ServerProcess server)
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
        return new Bystanders(server, [.. all]);
    }

    /// <summary>Lets them play through an attack. Fails if they were answered too slowly, if a game is not what its two have played, or if the server does not give its memory back.</summary>
    public async Task Endure(Func<Task> attack, ITestOutputHelper output)
    {
        var before = await Measure(() => Task.CompletedTask);
        var memory = Megabytes();

        var during = await Measure(attack);
        var most = Megabytes();

        foreach (var bystander in _all) await bystander.Check();
        for (var pair = 0; pair < Pairs; pair++) Assert.Equal(_all[2 * pair].Moves, _all[2 * pair + 1].Moves);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p99 {before.TotalMilliseconds:0.0} ms in the calm, {during.TotalMilliseconds:0.0} ms in the flood; memory {memory} MB before, {most} MB at its end"));
        if (during > Allowed(before))
        {
            // The machine may have become busy with something else in the meantime.
            var after = await Measure(() => Task.CompletedTask);
            Assert.True(during <= Allowed(after), $"p99 {during} in the flood, {before} before it, {after} after it");
        }
        await Returns(memory + KeptMegabytes);
        output.WriteLine($"memory {Megabytes()} MB afterwards");
    }

    private static TimeSpan Allowed(TimeSpan inTheCalm) => Promised + 3 * inTheCalm;

    public async ValueTask DisposeAsync()
    {
        for (var pair = 0; pair < Pairs; pair++) await _all[2 * pair].Leave();
        foreach (var bystander in _all) bystander.Dispose();
    }

    /// <summary>The 99th percentile of what answers take while something happens.</summary>
    private async Task<TimeSpan> Measure(Func<Task> happening)
    {
        var answers = new ConcurrentQueue<TimeSpan>();
        using var end = new CancellationTokenSource();
        var playing = Task.WhenAll(_all.Select(bystander => bystander.Play(answers, end.Token)));
        await Task.WhenAll(Task.Delay(Calm, TimeProvider.System), happening());
        await end.CancelAsync();
        await playing;
        return answers.Order().ElementAt((int)(answers.Count * 0.99));
    }

    private async Task Returns(long bound)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (Megabytes() > bound)
        {
            if (patience.IsCancellationRequested) Assert.Fail($"The server holds {Megabytes()} MB a minute after the attack, and may hold {bound}.");
            await tick.WaitForNextTickAsync(CancellationToken.None);
            foreach (var bystander in _all) await bystander.IsBehind(); // Something has to be done for the collector to be called.
        }
    }

    private long Megabytes() => Memory.Of(_server.ProcessId);
}
