using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ConnectFour.TestKit;

/// <summary>The server in a process of its own, on an address and a data directory that stay the same however often it is killed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>How long a start may take on a busy machine; only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How often to look whether it is ready.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly string[] _settings;
    private string[] _command;
    private Process? _process;

    private ServerProcess(string[] command, string[] settings)
    {
        _command = command;
        Address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        _settings = ["--urls", Address.ToString(), "--ConnectFour:DataDirectory", DataDirectory, "--Logging:LogLevel:Default", "Warning", "--Logging:Console:FormatterName", "simple", .. settings];
    }

    public Uri Address { get; }

    /// <summary>Where the server keeps what has to survive it.</summary>
    public string DataDirectory => _folder.Path;

    /// <summary>What the server wrote on its log as warnings and errors, over all its lives.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public int ProcessId => Running.Id;

    public bool HasEnded => Running.HasExited;

    /// <summary>Once it has ended.</summary>
    public int ExitCode => Running.ExitCode;

    private Process Running => _process ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>The path of the assembly of the server as one installs it.</summary>
    public static string PublishedProgram { get; } = Path.Combine(AppContext.BaseDirectory, "server", "ConnectFour.Web.dll");

    /// <summary>The server as one installs it: a project of tests that imports PublishedServer.targets has it beside itself.</summary>
    public static Task<ServerProcess> Published(params string[] settings) => Start(PublishedProgram, settings);

    /// <summary>The same, with so many file descriptors and no more.</summary>
    public static Task<ServerProcess> PublishedWith(int descriptors, params string[] settings) =>
        Start(["bash", "-c", $"ulimit -n {descriptors}; exec dotnet \"$@\"", "bash", PublishedProgram], settings);

    /// <summary>The server on these cores of the machine and no others.</summary>
    /// <param name="cores">Such as <c>0</c> or <c>0,2</c>.</param>
    /// <param name="program">The path of its assembly.</param>
    public static Task<ServerProcess> Pinned(string cores, string program, params string[] settings) => Start(["taskset", "-c", cores, "dotnet", program], settings);

    /// <param name="program">The path of its assembly.</param>
    public static Task<ServerProcess> Start(string program, params string[] settings) => Start(["dotnet", program], settings);

    private static Task<ServerProcess> Start(string[] command, string[] settings) => Parts.Start(async parts =>
    {
        var server = parts.Add(new ServerProcess(command, settings));
        await server.StartAgain();
        return server;
    });

    /// <summary>Another build of it, from the next start on.</summary>
    /// <param name="program">The path of its assembly.</param>
    /// <param name="words">What it is to be told before its settings.</param>
    public void Become(string program, params string[] words) => _command = ["dotnet", program, .. words];

    /// <summary>Kills the server without a word.</summary>
    public async Task Kill()
    {
        if (Running.HasExited) throw new InvalidOperationException($"The server ended by itself, with {Running.ExitCode}: {string.Join('\n', _complaints)}");

        Running.Kill();
        await Running.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Asks the server to stop, and waits until it has.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        await Running.WaitForExitAsync().WaitAsync(Patience);
        return ExitCode;
    }

    /// <param name="name">Such as <c>STOP</c>.</param>
    public async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Running.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        _folder.Dispose();
    }

    /// <summary>Starts it, the first time or after it has ended, and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ends, or is not ready in time; then it has ended.</exception>
    public async Task StartAgain()
    {
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo(_command[0], [.. _command[1..], .. _settings]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await BeReady(_process, patience.Token);
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException or OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            throw new InvalidOperationException($"The server does not start: {string.Join('\n', _complaints)}", problem);
        }
    }

    private async Task BeReady(Process process, CancellationToken patience)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, listening);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var ended = process.WaitForExitAsync(patience);
        if (await Task.WhenAny(listening.Task, ended) == ended)
        {
            await ended;
            throw new IOException("It has ended.");
        }
        using var http = new HttpClient();
        while (!await IsReady()) await Task.Delay(Look, TimeProvider.System, patience); // What it hangs on may just then be away.

        async Task<bool> IsReady()
        {
            using var answer = await http.GetAsync(new Uri(Address, "/health/ready"), patience);
            return answer.IsSuccessStatusCode;
        }
    }

    private void Hear(string? line, TaskCompletionSource listening)
    {
        if (line is null) return;
        if (line.Contains("Now listening on", StringComparison.Ordinal)) listening.TrySetResult();
        else if (!line.Split(' ')[0].EndsWith("info:", StringComparison.Ordinal)) _complaints.Enqueue(line); // The first word is the level, after the time in production.
    }
}
