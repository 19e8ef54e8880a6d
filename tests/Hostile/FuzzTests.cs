using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ConnectFour.Web.Tests;

namespace ConnectFour.Hostile;

/// <summary>
/// Bytes that nobody meant, on the port of the published server: what a browser, a bot or a proxy could not send. <c>CONNECTFOUR_FUZZ_CONNECTIONS</c> makes it longer,
/// <c>CONNECTFOUR_FUZZ_SEED</c> other bytes.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int AtOnce = 32;

    /// <summary>How often somebody who minds their own business asks whether the server is still there.</summary>
    private const int BetweenPings = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>After which nothing more is expected of the server. Nothing depends on it but how much is heard.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(150);

    private static int Connections => Number("CONNECTFOUR_FUZZ_CONNECTIONS", 2_000);

    private static int Seed => Number("CONNECTFOUR_FUZZ_SEED", 1);

    [Fact]
    public async Task Whatever_bytes_arrive_on_the_port_others_are_served_and_nothing_fails()
    {
        await using var server = await ServerProcess.Published("--ConnectFour:Bots:Enabled", "false");
        using var bystander = await Line.Open(server.Address);
        await bystander.Send(new() { ["type"] = "new_connection", ["username"] = "Bystander" });
        Assert.Equal("welcome", Line.Type(await bystander.Answer()));
        var (began, sent, heard) = (TimeProvider.System.GetTimestamp(), 0L, 0L);

        for (var number = 0; number < Connections; number += BetweenPings)
        {
            await Parallel.ForAsync(number, Math.Min(number + BetweenPings, Connections), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (connection, stop) =>
            {
                var bytes = new FuzzedBytes(new Random(HashCode(connection)), server.Address, $"Fuzz{connection}").Next();
                Interlocked.Add(ref sent, bytes.Length);
                Interlocked.Add(ref heard, await Exchange(server.Address, bytes));
            });
            await bystander.Send(new() { ["type"] = "ping" });
            var answer = await bystander.Answer();
            Assert.True(Line.Type(answer) == "pong", $"After connection {number} of seed {Seed}: {answer.ToJsonString()}");
            Assert.True(server.Complaints.Count == 0, $"Before connection {number + BetweenPings} of seed {Seed}:\n{string.Join('\n', server.Complaints)}");
        }
        await bystander.Close();
        var exit = await server.Stop();

        output.WriteLine($"seed {Seed}: {Connections} connections, {sent} bytes there, {heard} bytes back, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.Empty(server.Complaints);
        Assert.Equal(0, exit);
        Assert.True(heard > 500 * Connections, "The run was worth nothing: most were not let in.");
    }

    private static int HashCode(int connection) => unchecked(Seed * 1_000_003 + connection);

    /// <summary>Says all of it, listens for as long as the server has something to say, and hangs up unless it has done so.</summary>
    /// <returns>How much it said.</returns>
    private static async Task<long> Exchange(Uri server, byte[] bytes)
    {
        using var client = new TcpClient();
        using var patience = new CancellationTokenSource(Patience);
        await client.ConnectAsync(IPAddress.Loopback, server.Port, patience.Token);
        var (stream, buffer, heard) = (client.GetStream(), new byte[8_192], 0L);
        try
        {
            await stream.WriteAsync(bytes, patience.Token);
            while (await Read() is var length and > 0) heard += length;
            client.Client.Shutdown(SocketShutdown.Send); // Not before: whoever hangs up is not answered.
            while (await stream.ReadAsync(buffer, patience.Token) is var length and > 0) heard += length;
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            // It hung up before it had heard everything, as it may.
        }
        return heard;

        async Task<int> Read()
        {
            using var silence = new CancellationTokenSource(Silence);
            try
            {
                return await stream.ReadAsync(buffer, silence.Token);
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
        }
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
