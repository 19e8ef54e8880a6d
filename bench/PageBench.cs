using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using ConnectFour.TestKit;
using Microsoft.Playwright;

namespace ConnectFour.Bench;

/// <summary>What the page costs the person who has it open, measured by the browser itself against a real server.</summary>
internal static class PageBench
{
    private const int Users = 200;
    private const int ChangesPerSecond = 50;
    private const int Drops = 20;

    /// <summary>A frame at 60 a second, and what a clock of milliseconds may be wrong.</summary>
    private const double LongestFrame = 1000.0 / 60 + 1;

    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    public static async Task Run(TextWriter to)
    {
        await using var server = await ServerProcess.Start(typeof(Web.Server).Assembly.Location, "--ConnectFour:Limits:ConnectionsPerAddress", "1000");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = SystemChromium.Path, Args = SystemChromium.Arguments });
        await FirstVisit(to, server.Address, browser, "fast 3G as Chrome has it", 562.5, 1.44);
        await FirstVisit(to, server.Address, browser, "fast 3G as WebPageTest has it", 150, 1.6);
        await Lobby(to, server.Address, browser);
        await Drop(to, server.Address, browser);
    }

    /// <summary>How long somebody waits who comes for the first time, on a slow line and with a processor four times as slow, until they can say their name.</summary>
    /// <param name="latency">Of each answer, in ms.</param>
    /// <param name="megabits">Of answers, a second.</param>
    private static async Task FirstVisit(TextWriter to, Uri server, IBrowser browser, string line, double latency, double megabits)
    {
        const int visits = 7;
        const double kilobitsUp = 675;
        var (times, shifts) = (new double[visits], new double[visits]);
        for (var visit = 0; visit < visits; visit++)
        {
            await using var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.AddInitScriptAsync(Ready);
            var session = await context.NewCDPSessionAsync(page);
            await session.SendAsync("Network.enable");
            await session.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = latency, ["downloadThroughput"] = megabits * 1_048_576 / 8, ["uploadThroughput"] = kilobitsUp * 1_024 / 8 });
            await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
            await page.GotoAsync(server.ToString(), new() { WaitUntil = WaitUntilState.Commit });
            do await Task.Delay(100);
            while ((times[visit] = await page.EvaluateAsync<double>("globalThis.ready ?? 0")) == 0);
            shifts[visit] = await page.EvaluateAsync<double>("globalThis.shift");
        }
        to.WriteLine(Line($"first visit, {line} ({latency} ms, {megabits} Mbit/s), processor 4 times slower: a name can be said after {At(times, 0.5):0} ms (median of {visits}; {times.Min():0} to {times.Max():0}), layout shift at most {shifts.Max():0.000}"));
    }

    private const string Ready = """
        globalThis.shift = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
        const looking = setInterval(() => {
            if (!document.querySelector('#sign-in[open] #name')?.checkVisibility({ visibilityProperty: true })) return;
            globalThis.ready = performance.now();
            clearInterval(looking);
        }, 10);
        """;

    /// <summary>The share of one core that a tab with the lobby open takes: once nothing happens, then with everybody there and changing.</summary>
    private static async Task Lobby(TextWriter to, Uri server, IBrowser browser)
    {
        var page = await Join(browser, server);
        var account = await Account(page);
        var processes = await browser.NewBrowserCDPSessionAsync();
        await Task.Delay(Warmup);
        var quiet = await Share(processes);

        var guests = new Guest[Users - 1];
        for (var i = 0; i < guests.Length; i++) guests[i] = await Guest.Join(server, $"guest{i}");
        using var stop = new CancellationTokenSource();
        var changes = Change(guests, stop.Token);
        await Task.Delay(Warmup);
        var before = await Tasks(account);
        var busy = await Share(processes);
        var after = await Tasks(account);
        await stop.CancelAsync();
        var rate = await changes;

        to.WriteLine(Line($"lobby of {Users} users, {rate:0} changes/s for {Span.TotalSeconds:0} s: the tab's process takes {busy.Page:0.0} % of a core (quiet: {quiet.Page:0.0} %), drawing {busy.Drawing:0.0} % (quiet: {quiet.Drawing:0.0} %)"));
        to.WriteLine(Line($"    of it script {(after.Script - before.Script) / Span.TotalSeconds * 100:0.0} %, style {(after.Style - before.Style) / Span.TotalSeconds * 100:0.0} %, layout {(after.Layout - before.Layout) / Span.TotalSeconds * 100:0.0} %"));
        foreach (var guest in guests) guest.Dispose();
        await page.Context.DisposeAsync();
    }

    /// <summary>Two users change with each challenge, and with each that is withdrawn.</summary>
    private static async Task<double> Change(Guest[] guests, CancellationToken stop)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var changes = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2.0 / ChangesPerSecond));
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            var pair = turn / 2 % (guests.Length / 2);
            var (one, other) = (guests[2 * pair], guests[2 * pair + 1]);
            await one.Say(turn % 2 == 0 ? $$"""{"type":"challenge","opponent":"{{other.Name}}"}""" : $$"""{"type":"cancel","opponent":"{{other.Name}}"}""");
            changes += 2;
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return changes / TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>The frames of falling discs: how far apart they are, and which were late.</summary>
    private static async Task Drop(TextWriter to, Uri server, IBrowser browser)
    {
        var page = await (await browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.NoPreference })).NewPageAsync();
        await page.GotoAsync(new Uri(server, "local").ToString());
        await page.Locator(".column").First.WaitForAsync();
        await Task.Delay(Warmup);
        var account = await Account(page);
        var before = await Tasks(account);
        var gaps = await page.EvaluateAsync<double[]>(Frames, Drops);
        var after = await Tasks(account);

        to.WriteLine(Line($"{Drops} falling discs, {gaps.Length} frames: median {At(gaps, 0.5):0.0} ms, p95 {At(gaps, 0.95):0.0} ms, longest {gaps.Max():0.0} ms; {100.0 * gaps.Count(gap => gap > LongestFrame) / gaps.Length:0.0} % later than 1/60 s"));
        to.WriteLine(Line($"    {(after.Layouts - before.Layouts) / Drops:0.0} layouts a drop"));
        await page.Context.DisposeAsync();
    }

    /// <summary>Drops discs one after the other, and says how far the frames were apart while they fell.</summary>
    private const string Frames = """
        async drops => {
            const gaps = [];
            for (let drop = 0; drop < drops; drop++) {
                if (drop % 3 === 2) [...document.querySelectorAll('button')].find(button => button.dataset.action === 'again')?.click();
                document.querySelectorAll('.column')[drop % 7].click();
                const motion = document.getAnimations().filter(motion => motion.effect.target?.classList.contains('disc'));
                let isOver = motion.length === 0;
                Promise.all(motion.map(motion => motion.finished)).then(() => { isOver = true; });
                let before = await new Promise(requestAnimationFrame);
                while (!isOver) {
                    const now = await new Promise(requestAnimationFrame);
                    gaps.push(now - before);
                    before = now;
                }
            }
            return gaps;
        }
        """;

    private static async Task<IPage> Join(IBrowser browser, Uri server)
    {
        var page = await (await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } })).NewPageAsync();
        await page.GotoAsync(server.ToString());
        await page.Locator("#name").FillAsync("Watcher");
        await page.Locator("#sign-in [type=submit]").ClickAsync();
        await page.Locator("#hello strong").WaitForAsync();
        return page;
    }

    /// <summary>What the processes of the browser take of a core, in per cent, over the span: the page's, and the one that draws.</summary>
    private static async Task<(double Page, double Drawing)> Share(ICDPSession processes)
    {
        var before = await Cpu(processes);
        await Task.Delay(Span);
        var after = await Cpu(processes);
        return ((after.Page - before.Page) / Span.TotalSeconds * 100, (after.Drawing - before.Drawing) / Span.TotalSeconds * 100);
    }

    private static async Task<(double Page, double Drawing)> Cpu(ICDPSession processes)
    {
        var all = (await processes.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo").EnumerateArray().ToArray();
        return (Of("renderer"), Of("GPU"));

        double Of(string type) => all.Where(process => process.GetProperty("type").GetString() == type).Sum(process => process.GetProperty("cpuTime").GetDouble());
    }

    /// <summary>The page's own account of its time, from now on.</summary>
    private static async Task<ICDPSession> Account(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        return session;
    }

    /// <summary>Seconds spent since the account was opened, and layouts made.</summary>
    private static async Task<(double Script, double Style, double Layout, double Layouts)> Tasks(ICDPSession account)
    {
        var metrics = (await account.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (metrics["ScriptDuration"], metrics["RecalcStyleDuration"], metrics["LayoutDuration"], metrics["LayoutCount"]);
    }

    private static double At(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Somebody in the lobby who hears everything and minds nothing.</summary>
    private sealed class Guest : IDisposable
    {
        private readonly ClientWebSocket _socket = new();

        private Guest(string name) => Name = name;

        public string Name { get; }

        public static async Task<Guest> Join(Uri server, string name)
        {
            var guest = new Guest(name);
            await guest._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws" }.Uri, CancellationToken.None);
            await guest.Say($$"""{"type":"new_connection","username":"{{name}}"}""");
            _ = guest.Hear();
            return guest;
        }

        public Task Say(string message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        public void Dispose() => _socket.Dispose();

        private async Task Hear()
        {
            var buffer = new byte[4096];
            try
            {
                while (_socket.State == WebSocketState.Open) await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            }
            catch (Exception problem) when (problem is WebSocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The measurement is over.
            }
        }
    }
}
