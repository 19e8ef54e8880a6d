using System.Diagnostics;
using System.Text;

namespace ConnectFour.Web.Tests;

/// <summary>The program as one starts it.</summary>
public sealed class ProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_says_where_it_listens_and_stops_with_0_when_asked_to()
    {
        using var program = Start("--urls", "http://127.0.0.1:0");
        var listening = await Line(program, "Now listening on: http://127.0.0.1:");
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri(listening[listening.IndexOf("http", StringComparison.Ordinal)..].Trim()));

        using var kill = Process.Start("kill", ["-TERM", program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await program.WaitForExitAsync().WaitAsync(Patience);

        Assert.Contains("<title>Connect Four</title>", page, StringComparison.Ordinal);
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
    [InlineData("ConnectFour:Limits:MessageBytes", "many", "MessageBytes")]
    [InlineData("ConnectFour:Limits:Brust", "40", "Brust")]
    [InlineData("ConnectFour:Lobby:Grace", "-00:00:01", "Grace")]
    [InlineData("ConnectFour:Lobby:MaxGames", "0", "MaxGames")]
    [InlineData("ConnectFour:Lobbby:MaxGames", "10", "Lobbby")]
    public async Task A_setting_that_is_out_of_range_or_unknown_stops_the_start_with_one_line_that_names_it(string setting, string value, string named)
    {
        using var program = Start($"--{setting}", value, "--urls", "http://127.0.0.1:0");
        var said = await program.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await program.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(2, program.ExitCode);
        Assert.Contains(named, said, StringComparison.Ordinal);
        Assert.Single(said.Trim().Split('\n'));
    }

    private static Process Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ConnectFour.Web.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

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
