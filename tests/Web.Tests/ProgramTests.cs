using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ConnectFour.Web.Tests;

/// <summary>The program as one starts it.</summary>
public sealed class ProgramTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private int _started;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_where_it_listens_and_stops_with_0_when_asked_to()
    {
        using var program = Start("--urls", "http://127.0.0.1:0");
        var listening = await Line(program, "Now listening on: http://127.0.0.1:");
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri(Address(listening)));

        using var kill = Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)]);
        await program.WaitForExitAsync().WaitAsync(Patience);

        Assert.Contains("Connect Four</title>", page, StringComparison.Ordinal);
        Assert.Equal(0, program.ExitCode);
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task In_production_each_line_of_the_log_is_JSON_with_the_time_in_UTC_and_elsewhere_it_is_for_people(string environment, bool isJson)
    {
        using var program = Start(simple: false, "--urls", "http://127.0.0.1:0", "--environment", environment);
        var line = await Line(program, "Now listening on: http://127.0.0.1:");
        program.Kill();

        if (!isJson)
        {
            Assert.StartsWith("info: ", line, StringComparison.Ordinal);
            return;
        }
        var entry = JsonDocument.Parse(line).RootElement;
        Assert.Equal(("Information", 14), (entry.GetProperty("LogLevel").GetString(), entry.GetProperty("EventId").GetInt32()));
        Assert.InRange(DateTimeOffset.Parse(entry.GetProperty("Timestamp").GetString()!, CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Told_to_stop_while_it_starts_it_ends_with_0()
    {
        using var program = Start("--urls", "http://127.0.0.1:0");
        await Line(program, "a move that was confirmed is on the disk"); // Said before it listens.

        using var kill = Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)]);
        await program.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(0, program.ExitCode);
    }

    [Fact]
    public void The_address_is_localhost_8080_unless_said_otherwise()
    {
        var settings = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.json"));

        Assert.Contains("\"Urls\": \"http://localhost:8080\"", settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectFour:Limits:Burst", "0", "Burst")]
    [InlineData("ConnectionStrings:Redis", "redis,no-such-option=1", "ConnectionStrings:Redis")]
    [InlineData("ConnectionStrings:Redis", "", "ConnectionStrings:Redis")]
    [InlineData("ConnectionStrings:Redis", "127.0.0.1", "ConnectionStrings:Accounts")]
    [InlineData("ConnectFour:Limits:MessageBytes", "many", "MessageBytes")]
    [InlineData("ConnectFour:Limits:Brust", "40", "Brust")]
    [InlineData("ConnectFour:Limits:LobbyTick", "00:00:00", "LobbyTick")]
    [InlineData("ConnectFour:Limits:Ping", "-00:00:05", "Ping")]
    [InlineData("ConnectFour:Limits:Drain", "1000.00:00:00", "Drain")]
    [InlineData("ConnectFour:Lobby:Grace", "-00:00:01", "Grace")]
    [InlineData("ConnectFour:Lobby:Grace", "5000000.00:00:00", "Grace")]
    [InlineData("ConnectFour:Lobby:InvitationLifetime", "soon", "InvitationLifetime")]
    [InlineData("ConnectFour:Lobby:MaxGames", "0", "MaxGames")]
    [InlineData("ConnectFour:Lobbby:MaxGames", "10", "Lobbby")]
    [InlineData("ConnectFour", "5", "ConnectFour")]
    [InlineData("ConnectFour_Lobby_MaxGames", "10", "ConnectFour_Lobby_MaxGames")]
    [InlineData("ConnectFour:Lobby:Grace", "60", "ConnectFour:Lobby:Grace")]
    [InlineData("ConnectFour:DataDirectory", "", "DataDirectory")]
    [InlineData("ConnectFour:DataDirectory", "/dev/null/x", "/dev/null/x")]
    [InlineData("ConnectFour:Storage:Queue", "0", "Queue")]
    [InlineData("ConnectFour:Accounts:AttemptsPerMinute", "0", "AttemptsPerMinute")]
    [InlineData("ConnectFour:Accounts:PlainHttp", "maybe", "PlainHttp")]
    public async Task A_setting_that_is_out_of_range_or_unknown_stops_the_start_with_one_line_that_names_it(string setting, string value, string named)
    {
        using var program = Start($"--{setting}", value, "--urls", "http://127.0.0.1:0");
        var (code, complaint) = await End(program);

        Assert.Equal(2, code);
        Assert.Contains(named, Assert.Single(complaint), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", "HTTPS")]
    [InlineData("http://192.0.2.1:80", "http://192.0.2.1:80")]
    public async Task An_address_that_cannot_be_served_stops_the_start_with_one_line(string address, string named)
    {
        using var program = Start("--urls", address);
        var (code, complaint) = await End(program);

        Assert.Equal(2, code);
        Assert.Contains(named, Assert.Single(complaint), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_or_none_stops_the_start_with_one_line_that_names_it()
    {
        using var first = Start("--urls", "http://127.0.0.1:0");
        var taken = Address(await Line(first, "Now listening on: http://127.0.0.1:"));

        using var second = Start("--urls", taken);
        using var third = Start("--urls", "nonsense");
        using var fourth = Start("--urls", "http://127.0.0.1:65536");
        var (refused, unreadable, impossible) = (await End(second), await End(third), await End(fourth));
        first.Kill();

        Assert.Equal((2, 2, 2), (refused.Code, unreadable.Code, impossible.Code));
        Assert.Contains(taken, Assert.Single(refused.Complaint), StringComparison.Ordinal);
        Assert.Contains("nonsense", Assert.Single(unreadable.Complaint), StringComparison.Ordinal);
        Assert.Contains("65536", Assert.Single(impossible.Complaint), StringComparison.Ordinal);
    }

    private Process Start(params string[] arguments) => Start(simple: true, arguments);

    /// <param name="simple">Whether the log is as people read it, whatever the environment.</param>
    private Process Start(bool simple, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ConnectFour.Web.dll");
        string[] log = simple ? ["--Logging:Console:FormatterName", "simple"] : [];
        var start = new ProcessStartInfo("dotnet", [program, .. log, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = _folder.Path; // Where a developer keeps the certificate that HTTPS would be served with.
        start.Environment["ConnectFour__DataDirectory"] = Path.Combine(_folder.Path, $"{_started++}");
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string[] Complaint)> End(Process program)
    {
        // Both streams are read, so that neither can fill up and hold the program back.
        var (log, complaint) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync().WaitAsync(Patience);
        await log;
        return (program.ExitCode, (await complaint).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Address(string listening) => listening[listening.IndexOf("http", StringComparison.Ordinal)..].Trim();

    private static async Task<string> Line(Process program, string beginning)
    {
        var said = new StringBuilder();
        while (await program.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            said.AppendLine(line);
            if (line.Contains(beginning, StringComparison.Ordinal)) return line;
        }
        throw new InvalidOperationException($"The program ended without it:\n{said}\n{await program.StandardError.ReadToEndAsync()}");
    }
}
