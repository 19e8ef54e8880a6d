using System.Collections.Concurrent;

namespace ConnectFour.Hostile;

/// <summary>More over a WebSocket than anybody needs: bytes, pieces, frames, challenges.</summary>
[Collection(nameof(Siege))]
public sealed class FrameFloodTests(Besieged besieged, ITestOutputHelper output)
{
    private const int Gigabyte = 1 << 30;

    /// <summary>Those who flood at once, each from an address of their own.</summary>
    private const int Attackers = 5;

    private static readonly TimeSpan Flood = TimeSpan.FromSeconds(2);

    private readonly ServerProcess _server = besieged.Server;

    [Fact]
    public async Task B7_A_gigabyte_in_fragments_is_refused_and_never_kept()
    {
        await using var bystanders = await besieged.Bystanders();
        var megabyte = ClientFrames.Frame(BareLine.Continuation, new byte[1 << 20], isLast: false);

        await bystanders.Endure(
            async () =>
            {
                using var line = await BareLine.Upgrade(_server.Address, Loopback.Next());
                var closed = line.Closed();
                await line.Send(ClientFrames.Frame(BareLine.TextFrame, "{"u8, isLast: false));
                for (var sent = 0; sent < Gigabyte >> 20 && await line.Send(megabyte); sent++) { }
                Assert.Contains(await closed, (int?[])[1009, null]);
            },
            output);
    }

    [Fact]
    public async Task B7_A_message_that_is_said_to_have_eight_exabytes_is_refused_when_it_passes_4096_bytes()
    {
        await using var bystanders = await besieged.Bystanders();
        byte[] said = [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

        await bystanders.Endure(
            () => Together(async line =>
            {
                await line.Send(said);
                await line.Send(new byte[4_097]);
                Assert.Equal(1009, await line.Closed());
            }),
            output);
    }

    [Fact]
    public async Task B8_Twenty_thousand_pieces_of_a_message_are_refused_whether_they_are_empty_or_have_a_byte()
    {
        await using var bystanders = await besieged.Bystanders();
        var (empty, ofOne) = (Pieces(0), Pieces(1));

        await bystanders.Endure(
            () => Together(async line =>
            {
                await line.Send(empty);
                Assert.Contains(await line.Closed(), (int?[])[1009, 4008]);
                using var second = await BareLine.Upgrade(_server.Address, Loopback.Next());
                await second.Send(ofOne);
                Assert.Contains(await second.Closed(), (int?[])[1009, 4008]);
            }),
            output);
    }

    [Theory]
    [InlineData(BareLine.Ping, 4008)]
    [InlineData(BareLine.Pong, 4008)]
    [InlineData(BareLine.TextFrame, 4010)] // No JSON: that is noticed before there are too many.
    public async Task B12_Ten_thousand_empty_frames_a_second_end_the_connection(int opcode, int expected)
    {
        await using var bystanders = await besieged.Bystanders();
        var hundred = Enumerable.Repeat(ClientFrames.Frame(opcode, []), 100).SelectMany(bytes => bytes).ToArray();
        var codes = new ConcurrentBag<int?>();

        await bystanders.Endure(
            () => Task.WhenAll(Enumerable.Range(0, Attackers).Select(async _ =>
            {
                var (from, started) = (Loopback.Next(), TimeProvider.System.GetTimestamp());
                while (TimeProvider.System.GetElapsedTime(started) < Flood)
                {
                    using var line = await BareLine.Upgrade(_server.Address, from);
                    await line.Join($"Flooder{Guid.NewGuid():N}"[..20]);
                    var closed = line.Closed();
                    using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
                    while (!closed.IsCompleted && await line.Send(hundred)) await pace.WaitForNextTickAsync();
                    codes.Add(await closed);
                }
            })),
            output);

        output.WriteLine($"{codes.Count} connections ended");
        Assert.Equal([expected], codes.Distinct());
        Assert.True(codes.Count >= Attackers);
    }

    [Fact]
    public async Task B19_Ten_thousand_challenges_of_one_user_reach_nobody_ten_thousand_times()
    {
        const int challenges = 10_000;
        await using var bystanders = await besieged.Bystanders();
        using var victim = await BareLine.Upgrade(_server.Address, Loopback.Next());
        await victim.Join("Victim-of-one");
        var from = Loopback.Next();
        var challenge = ClientFrames.Frame(BareLine.TextFrame, """{"type":"challenge","opponent":"Victim-of-one"}"""u8);
        var (codes, errors, connections) = (new List<int?>(), 0, 0);

        await bystanders.Endure(
            async () =>
            {
                string? token = null;
                for (var sent = 0; sent < challenges; connections++)
                {
                    using var line = await BareLine.Upgrade(_server.Address, from);
                    if (token is null) token = await line.Join("Challenger");
                    else await line.Ask(new() { ["type"] = "new_connection", ["token"] = token });
                    var hearing = Errors(line);
                    for (; sent < challenges && !hearing.IsCompleted && await line.Send(challenge); sent++) { }
                    if (sent == challenges) await line.Send(ClientFrames.Frame(BareLine.CloseFrame, [3, 232]));
                    errors += await hearing;
                    codes.Add(line.Code);
                }
            },
            output);

        var seen = await Invitations(victim);
        output.WriteLine($"{connections} connections, {errors} complaints about the rate, {seen} invitations seen");
        Assert.Contains(4008, codes);
        Assert.True(errors <= 3 * connections, $"{errors} complaints on {connections} connections");
        Assert.True(seen <= 20, $"{seen} invitations");
    }

    [Fact]
    public async Task B19_Of_a_thousand_who_challenge_one_user_one_is_seen()
    {
        await using var bystanders = await besieged.Bystanders();
        using var victim = await BareLine.Upgrade(_server.Address, Loopback.Next());
        await victim.Join("Victim-of-many");
        var challengers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async number =>
        {
            var line = await BareLine.Upgrade(_server.Address, Loopback.Next());
            await line.Join($"Many{number}");
            return line;
        }));
        var answers = new ConcurrentBag<string?>();

        await bystanders.Endure(
            () => Task.WhenAll(challengers.Select(async (line, number) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(number), TimeProvider.System);
                for (var time = 0; time < 10; time++)
                    if (await line.Ask(new() { ["type"] = "challenge", ["opponent"] = "Victim-of-many" }) is var answer) answers.Add((string?)answer["code"]);
            })),
            output);

        var seen = await Invitations(victim);
        Assert.Equal(1, seen);
        Assert.Equal([null, "opponent_is_busy", "you_are_busy"], answers.Distinct().Order());
        foreach (var line in challengers) line.Dispose();
    }

    /// <summary>A message that does not end, in pieces of so many bytes.</summary>
    private static byte[] Pieces(int length)
    {
        var piece = ClientFrames.Frame(BareLine.Continuation, new byte[length], isLast: false);
        return [.. ClientFrames.Frame(BareLine.TextFrame, new byte[length], isLast: false), .. Enumerable.Repeat(piece, 20_000).SelectMany(bytes => bytes)];
    }

    /// <summary>Every attacker does the same, on a line of their own.</summary>
    private Task Together(Func<BareLine, Task> attack) => Task.WhenAll(Enumerable.Range(0, Attackers).Select(async _ =>
    {
        using var line = await BareLine.Upgrade(_server.Address, Loopback.Next());
        await attack(line);
    }));

    /// <summary>How often the server complained about the rate before it closed.</summary>
    private static async Task<int> Errors(BareLine line)
    {
        var errors = 0;
        while (await line.Next() is { } message)
            if ((string?)message["code"] == "rate_limited") errors++;
        return errors;
    }

    /// <summary>Invitations that a user was sent since they came.</summary>
    private static async Task<int> Invitations(BareLine victim)
    {
        var seen = 0;
        await victim.Ask(new() { ["type"] = "ping" }, message =>
        {
            if ((string?)message["type"] == "invitation" && (string?)message["status"] == "received") seen++;
        });
        return seen;
    }
}
