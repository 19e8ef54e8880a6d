using System.Diagnostics;
using System.Globalization;

namespace ConnectFour.TestKit;

/// <summary>A real PostgreSQL for as long as tests need it, with nothing in it: on a port of its own, in a temporary folder, with every commit on the disk.</summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>How long it may take to come and go on a busy machine; only a test that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Find();
    private readonly string[] _settings;
    private Process _process;
    private int _databases, _copies;

    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public PostgresServer() : this([]) { }

    private PostgresServer(string[] settings)
    {
        _settings = settings;
        try
        {
            if (Environment.IsPrivilegedProcess) Run("chown", ["-R", User, _folder.Path]);
            Run(Programs + "/initdb", ["-D", Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale", "C", "-N"], isOwner: true);
            _process = Start();
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>Whom it runs as when the tests run as root, which it refuses.</summary>
    private const string User = "postgres";

    public int Port => _port;

    public Uri Address => new($"tcp://127.0.0.1:{_port}");

    /// <summary>Its processes: the parent of all, and its children at the moment.</summary>
    public IEnumerable<int> Processes => Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Where(IsOurs!)
        .Select(child => int.Parse(child!, CultureInfo.InvariantCulture)).Prepend(_process.Id);

    private string Data => _folder.Path + "/data";

    /// <summary>Where Debian keeps the programs of the newest version; elsewhere they are on the path.</summary>
    private static string Programs { get; } =
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : []).Select(version => version + "/bin")
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(folder + "/initdb"))
        ?? throw new InvalidOperationException("PostgreSQL is not installed: initdb was not found.");

    /// <param name="settings">Besides the usual ones, each as <c>name=value</c>.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static PostgresServer With(params string[] settings) => new(settings);

    /// <summary>How to reach one of its databases.</summary>
    /// <param name="port">Another one that leads to it.</param>
    public string ConnectionString(string database, int? port = null) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port ?? _port};Username=postgres;Database={database};Include Error Detail=true");

    /// <summary>The same by its socket, without a network.</summary>
    public string SocketConnectionString(string database) => string.Create(CultureInfo.InvariantCulture, $"Host={_folder.Path};Port={_port};Username=postgres;Database={database}");

    /// <summary>A new database, as its template is; nobody must be connected to that.</summary>
    /// <returns>Its name.</returns>
    public string Create(string template = "template1")
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        Run(Programs + "/createdb", ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-T", template, name]);
        return name;
    }

    /// <summary>Stops, or wakes, all of its processes at once.</summary>
    public void Suspend(bool isSuspended = true)
    {
        // Each has a group of its own. Whose client hangs up meanwhile has gone by itself.
        using var kill = Process.Start(Quietly("kill", [isSuspended ? "-STOP" : "-CONT", .. Processes.Select(process => process.ToString(CultureInfo.InvariantCulture))]))!;
        kill.WaitForExit();
    }

    /// <summary>Ends it without a word, as a crash does, and leaves it so.</summary>
    public void Kill() => Stop("QUIT");

    public void StartAgain() => _process = Start();

    /// <summary>Copies all that it has now: what a replica has that hears nothing more from here on.</summary>
    /// <returns>The folder of the copy.</returns>
    public string Copy()
    {
        var copy = $"{_folder.Path}/copy{Interlocked.Increment(ref _copies)}";
        Run(Programs + "/pg_basebackup", ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-D", copy, "-c", "fast", "-X", "stream"], isOwner: true);
        return copy;
    }

    /// <summary>Ends without a word, and has at the same address what the copy has.</summary>
    public void FailOverTo(string copy)
    {
        Kill();
        Directory.Delete(Data, recursive: true);
        Directory.Move(copy, Data);
        StartAgain();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Suspend(false); // Whoever stands still hears no signal.
            Stop("INT");
        }
        _process.Dispose();
        _folder.Dispose();
    }

    private void Stop(string signal)
    {
        Run("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        if (!_process.WaitForExit(Patience)) _process.Kill();
        _process.WaitForExit();
    }

    private bool IsOurs(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[1] == _process.Id.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false; // It has ended.
        }
    }

    private Process Start()
    {
        string[] settings = ["listen_addresses=127.0.0.1", $"unix_socket_directories={_folder.Path}", "max_connections=300", "shared_buffers=64MB", "log_min_messages=warning", .. _settings];
        var process = Process.Start(AsOwner(Programs + "/postgres", ["-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), .. settings.SelectMany(setting => (string[])["-c", setting])]))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var began = TimeProvider.System.GetTimestamp(); !IsReady(); )
        {
            if (!process.HasExited && TimeProvider.System.GetElapsedTime(began) < Patience) continue;
            process.Kill();
            process.WaitForExit();
            throw new InvalidOperationException("PostgreSQL does not start.");
        }
        return process;
    }

    private bool IsReady()
    {
        using var ask = Process.Start(new ProcessStartInfo(Programs + "/pg_isready", ["-q", "-t", "1", "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture)]))!;
        ask.WaitForExit();
        return ask.ExitCode == 0;
    }

    private static void Run(string program, string[] arguments, bool isOwner = false)
    {
        using var process = Process.Start(isOwner ? AsOwner(program, arguments) : Quietly(program, arguments))!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {complaint}");
    }

    private static ProcessStartInfo AsOwner(string program, string[] arguments) => Environment.IsPrivilegedProcess
        ? Quietly("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", program, .. arguments])
        : Quietly(program, arguments);

    private static ProcessStartInfo Quietly(string program, string[] arguments) => new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
}
