using System.Globalization;

namespace ConnectFour.Hostile;

/// <summary>
/// Whoever comes and goes, for however long, leaves nothing behind. <c>CONNECTFOUR_SOAK_MINUTES</c> makes it longer: from 30 minutes on it is asserted that memory does not grow, which a
/// minute cannot show.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Tables = 8;

    /// <summary>What a minute may add to the memory of a process that is warm, in MB: buffers and compiled code still come, but no leak of any size.</summary>
    private const double AddedInAMinute = 40;

    /// <summary>In MB for 10 minutes.</summary>
    private const double Growth = 1;

    private static readonly string[] Settings =
    [
        "--ConnectFour:Bots:Enabled", "false",
        "--ConnectFour:Lobby:Grace", "00:00:05",
        "--ConnectFour:Lobby:GraceAfterLeaving", "00:00:02",
        "--ConnectFour:Lobby:Patience", "00:00:02",
    ];

    /// <summary>How long the last seats of those who are gone may take to be given up; only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static double Minutes => double.TryParse(Environment.GetEnvironmentVariable("CONNECTFOUR_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 1;

    private static bool IsLong => Minutes >= 30;

    [Fact]
    public async Task Whoever_comes_and_goes_leaves_nothing_behind()
    {
        var operations = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var server = await ServerProcess.Published([.. Settings, "--ConnectFour:Operations:Url", operations.OriginalString]);
        using var http = new HttpClient { BaseAddress = operations };
        var time = TimeProvider.System;
        var (began, length, figures) = (time.GetTimestamp(), TimeSpan.FromMinutes(Minutes), new List<SoakFigures>());
        using var end = new CancellationTokenSource(length);
        var tables = Enumerable.Range(1, Tables).Select(number => new SoakTable(server.Address, number, Think)).ToArray();
        output.WriteLine(SoakFigures.Head);

        var playing = Task.WhenAll(tables.Select(table => Task.Run(() => table.Run(end.Token))));
        using (var tick = new PeriodicTimer(IsLong ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(5), time))
            while (!playing.IsCompleted && !end.IsCancellationRequested)
            {
                await Task.WhenAny(playing, tick.WaitForNextTickAsync().AsTask());
                await Look();
            }
        await playing;
        var patience = time.GetTimestamp();
        while (!(await Look()).IsEmpty && time.GetElapsedTime(patience) < Patience) await Task.Delay(TimeSpan.FromSeconds(1), time);
        var exit = await server.Stop();

        SoakFigures[] warm = [.. figures.Where(one => one.After > length / 3 && one.After <= length)];
        var (growth, added) = (SoakFigures.Growth(warm), figures[^1].Resident - warm[0].Resident);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tables.Sum(table => table.Parties)} parties; warm after {warm[0].After.TotalMinutes:0.0} min, then {growth:0.00} MB in 10 min, {added:0.0} MB more at the end"));
        Assert.Empty(server.Complaints);
        Assert.Equal(0, exit);
        Assert.True(figures[^1].IsEmpty, $"Somebody is still there:\n{figures[^1]}");
        Assert.InRange(warm[0].Resident, 20, 2_000);
        if (IsLong) Assert.True(growth < Growth, $"The memory of the process grows by {growth:0.00} MB in 10 minutes.");
        else Assert.True(added < AddedInAMinute, $"The process has {added:0.0} MB more than when it was warm.");

        // What a process builds up as it goes (compiled code, pools, regions of its heap) comes with what is done, and not with time: while it gets warm everybody hurries.
        TimeSpan Think() => IsLong && time.GetElapsedTime(began) > length / 3 ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(0.1);

        async Task<SoakFigures> Look()
        {
            await GarbageCollection.Of(server.ProcessId);
            var now = SoakFigures.Read(await http.GetStringAsync("/metrics"), time.GetElapsedTime(began));
            figures.Add(now);
            output.WriteLine(now.ToString());
            return now;
        }
    }
}
