using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace ConnectFour.Web.Tests;

/// <summary>deploy/cluster.sh as one runs it, with the server that is built already, on ports and in a folder of one test's own.</summary>
[SupportedOSPlatform("linux")]
public sealed class ClusterScriptTests : IAsyncDisposable
{
    private const int Ports = 5;

    /// <summary>How long it may take on a busy machine; only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _root = new();
    private readonly string _temporary;
    private readonly int _port = FreePort.Find(Ports);

    public ClusterScriptTests()
    {
        _temporary = Directory.CreateDirectory(Path.Combine(_root.Path, "a folder")).FullName;
        foreach (var folder in (string[])[_root.Path, _temporary]) // PostgreSQL does not run as root, and has to get in.
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private string Folder => Path.Combine(_temporary, $"connect-four-cluster-{_port}");

    /// <summary>Whatever lies here is taken instead of what the machine has.</summary>
    private string Programs => Directory.CreateDirectory(Path.Combine(_root.Path, "programs")).FullName;

    private Uri Site => new($"http://127.0.0.1:{_port}");

    public async ValueTask DisposeAsync()
    {
        foreach (var left in Processes()) await Signal("KILL", left);
        await Condition.Holds(() => !Processes().Any());
        _root.Dispose();
    }

    [Fact]
    public async Task It_comes_up_whatever_is_killed_can_be_started_again_and_nothing_is_left_in_the_end()
    {
        var up = await Run("up");
        Assert.True(up.Code == 0, up.Said);
        Assert.StartsWith($"{Site.GetLeftPart(UriPartial.Authority)}\n", up.Said, StringComparison.Ordinal);

        // Each is led to the next node.
        using var ann = new Bot("Ann");
        using var bob = new Bot("Bob");
        await ann.Join(Site);
        await bob.Join(Site);
        await ann.UntilListed("Bob", _ => true);

        Assert.Equal(0, (await Run("kill", "node2")).Code);
        Assert.Null(await Ask(new Uri($"http://127.0.0.1:{_port + 2}/health/live")));
        for (var request = 0; request < 2 * Ports; request++) Assert.Equal(HttpStatusCode.OK, await Ask(new Uri(Site, "/")));

        Assert.Equal(0, (await Run("start", "node2")).Code);
        Assert.Equal(HttpStatusCode.OK, await Ask(new Uri($"http://127.0.0.1:{_port + 2}/health/ready")));
        foreach (var name in (string[])["redis", "postgres", "nginx"])
        {
            Assert.Equal(0, (await Run("kill", name)).Code);
            var again = await Run("start", name);
            Assert.True(again.Code == 0, again.Said);
        }
        await Condition.Holds(async () => await Ask(new Uri(Site, "/health/ready")) == HttpStatusCode.OK, Patience);

        var down = await Run("down");
        Assert.True(down.Code == 0, down.Said);
        AssertThatNothingIsLeft();
    }

    [Theory]
    [InlineData("postgres/data")] // While its folder is filled.
    [InlineData("postgres.pid")] // While it runs, and the others are still to come.
    public async Task Interrupted_half_way_it_leaves_nothing(string there)
    {
        File.WriteAllText(Path.Combine(Programs, "createdb"), "#!/bin/sh\nexec sleep 600\n"); // So that it gets no further, however late we look.
        File.SetUnixFileMode(Path.Combine(Programs, "createdb"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var up = Begin("up");
        await Condition.Holds(() => Path.Exists(Path.Combine(Folder, there)), Patience);

        await Signal("INT", up.Id);

        Assert.Equal(130, (await End(up)).Code);
        AssertThatNothingIsLeft();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_port_that_is_taken_is_named_before_anything_is_started(int taken)
    {
        using var other = new TcpListener(IPAddress.Loopback, _port + taken);
        other.Start();

        Assert.Equal((1, $"cluster.sh: port {_port + taken} is taken\n"), await Run("up"));

        Assert.False(Path.Exists(Folder));
    }

    [Fact]
    public async Task What_is_left_from_before_the_machine_was_started_is_removed_and_nobody_is_ended_who_has_got_the_number()
    {
        using var other = Process.Start("setsid", ["sleep", "60"]);
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "node1.pid"), $"{other.Id} began 1 after another boot\n");

        Assert.Equal((0, ""), await Run("down"));

        Assert.False(other.HasExited);
        Assert.False(Path.Exists(Folder));
        other.Kill();
    }

    [Theory]
    [InlineData]
    [InlineData("sideways")]
    [InlineData("kill")]
    [InlineData("kill", "node4")]
    [InlineData("start", "node1")]
    public async Task What_it_cannot_do_it_refuses_in_one_line(params string[] words)
    {
        var (code, said) = await Run(words);

        Assert.Equal(1, code);
        Assert.Matches("^cluster.sh: .*\n$", said);
    }

    private async Task<(int Code, string Said)> Run(params string[] words)
    {
        using var script = Begin(words);
        return await End(script);
    }

    /// <summary>Begins in a group of its own, as in a terminal, where the tests' own is not meant by Ctrl-C.</summary>
    private Process Begin(params string[] words)
    {
        var start = new ProcessStartInfo("setsid", ["env", "--default-signal=INT", Path.Combine(Repository.Root, "deploy", "cluster.sh"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = _temporary;
        start.Environment["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CONNECTFOUR_CLUSTER_PORT"] = _port.ToString(CultureInfo.InvariantCulture);
        start.Environment["CONNECTFOUR_CLUSTER_SERVER"] = AppContext.BaseDirectory;
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Said)> End(Process script)
    {
        var (said, complained) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync().WaitAsync(Patience);
        return (script.ExitCode, await said + await complained);
    }

    /// <param name="leader">The first of the group that is meant.</param>
    private static async Task Signal(string name, int leader)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", "--", $"-{leader}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }

    /// <returns>Null if nobody listens.</returns>
    private static async Task<HttpStatusCode?> Ask(Uri address)
    {
        using var http = new HttpClient();
        try
        {
            return (await http.GetAsync(address)).StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void AssertThatNothingIsLeft()
    {
        Assert.False(Path.Exists(Folder));
        Assert.Empty(Processes());
        for (var port = _port; port < _port + Ports; port++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
    }

    /// <summary>Whoever has our folder on the command line or in the environment, or lies in it.</summary>
    private IEnumerable<int> Processes() => Directory.GetDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _)).Where(process =>
    {
        try
        {
            return File.ReadAllText(process + "/cmdline").Contains(_temporary, StringComparison.Ordinal)
                || File.ReadAllText(process + "/environ").Contains(_temporary, StringComparison.Ordinal)
                || Directory.ResolveLinkTarget(process + "/cwd", returnFinalTarget: false)!.FullName.StartsWith(_temporary, StringComparison.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended, or is somebody else's.
        }
    }).Select(process => int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture));
}
