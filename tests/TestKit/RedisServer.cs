using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConnectFour.TestKit;

/// <summary>A Redis of one test's own, that keeps nothing on the disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Find();
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    /// <summary>What to connect to.</summary>
    public string ConnectionString => $"127.0.0.1:{_port}";

    public int ProcessId => Running.Id;

    public Uri Address => new($"tcp://127.0.0.1:{_port}");

    private Process Running => _process ?? throw new InvalidOperationException("Redis is not running.");

    public int Port => _port;

    /// <param name="settings">Besides the usual ones, as on the command line.</param>
    public static Task<RedisServer> Start(params string[] settings) => Parts.Start(async parts =>
    {
        var server = parts.Add(new RedisServer(settings));
        await server.StartAgain();
        return server;
    });

    /// <summary>Starts it, the first time or after it was killed: empty, at the same address.</summary>
    public async Task StartAgain()
    {
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo(
            "redis-server", ["--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.Path, .. _settings]) { RedirectStandardOutput = true })!;
        _process.BeginOutputReadLine();
        await Condition.Holds(async () => !_process.HasExited ? await Ask("PING") == "+PONG" : throw new InvalidOperationException("Redis does not start."));
    }

    /// <summary>Ends it without a word; what it knew is gone.</summary>
    public async Task Kill()
    {
        Running.Kill();
        await Running.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <param name="name">Such as <c>STOP</c>.</param>
    public async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Running.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Sends a command on a line of its own and gives the first line of the answer.</summary>
    /// <returns>Null if nobody listens.</returns>
    public async Task<string?> Ask(string command)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port).WaitAsync(Patience);
            await using var stream = client.GetStream();
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n" };
            using var reader = new StreamReader(stream);
            await writer.WriteLineAsync(command);
            await writer.FlushAsync();
            return await reader.ReadLineAsync().WaitAsync(Patience);
        }
        catch (Exception problem) when (problem is SocketException or IOException)
        {
            return null;
        }
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
}
