using System.Buffers.Binary;
using System.Text;
using static ConnectFour.TestKit.ClientFrames;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>The protocol beneath ours (RFC 6455), byte by byte as an attacker would send it.</summary>
public sealed class FrameTests : IAsyncLifetime
{
    private const int Continuation = 0, TextFrame = 1, BinaryFrame = 2, CloseFrame = 8, Ping = 9, Pong = 10;

    /// <summary>A question whose answer shows that the connection goes on.</summary>
    private static readonly byte[] StillHere = Text("""{"type":"ping","id":"still here"}""");

    private SocketServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SocketServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>What is as it should be: by name, so that a failure says which.</summary>
    private static readonly Dictionary<string, byte[]> Sound = new()
    {
        ["a text in one frame"] = StillHere,
        ["a mask that is not zero"] = Frame(TextFrame, Encoding.UTF8.GetBytes("{}"), mask: 0xDEADBEEF),
        ["a text in two frames"] = [.. Frame(TextFrame, "{"u8, isLast: false), .. Frame(Continuation, "}"u8)],
        ["an empty frame in the middle of a text"] = [.. Frame(TextFrame, "{"u8, isLast: false), .. Frame(Continuation, [], isLast: false), .. Frame(Continuation, "}"u8)],
        ["an empty frame at the end of a text"] = [.. Frame(TextFrame, "{}"u8, isLast: false), .. Frame(Continuation, [])],
        ["an empty text"] = Frame(TextFrame, []),
        ["a ping without content"] = Frame(Ping, []),
        ["a ping of 125 bytes"] = Frame(Ping, new byte[125]),
        ["a ping between the pieces of a text"] = [.. Frame(TextFrame, "{"u8, isLast: false), .. Frame(Ping, "?"u8), .. Frame(Continuation, "}"u8)],
        ["a pong that nobody asked for"] = Frame(Pong, "!"u8),
        ["a pong between the pieces of a text"] = [.. Frame(TextFrame, "{"u8, isLast: false), .. Frame(Pong, []), .. Frame(Continuation, "}"u8)],
        ["a character of two bytes in two frames"] = Split("é", 1),
        ["a character of three bytes in two frames"] = Split("€", 2),
        ["a character of four bytes in two frames"] = Split("\U0001F534", 1),
        ["a length in two bytes"] = Frame(TextFrame, Encoding.UTF8.GetBytes(new string(' ', 200) + "{}")),
        ["a length in eight bytes"] = [0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, .. "{}"u8],
    };

    /// <summary>What is not, with the code that may be read before the line is gone.</summary>
    private static readonly Dictionary<string, (byte[] Bytes, int Code)> Unsound = new()
    {
        ["a frame without a mask"] = ([0x81, 12, .. "{          }"u8], 1002),
        ["reserved bit 1"] = (Frame(TextFrame, "{}"u8, reserved: 0x40), 1002),
        ["reserved bit 2"] = (Frame(TextFrame, "{}"u8, reserved: 0x20), 1002),
        ["reserved bit 3"] = (Frame(TextFrame, "{}"u8, reserved: 0x10), 1002),
        ["opcode 3"] = (Frame(3, []), 1002),
        ["opcode 7"] = (Frame(7, "{}"u8), 1002),
        ["opcode 11"] = (Frame(11, []), 1002),
        ["opcode 15"] = (Frame(15, "{}"u8), 1002),
        ["a ping in pieces"] = (Frame(Ping, [], isLast: false), 1002),
        ["a ping of 126 bytes"] = (Frame(Ping, new byte[126]), 1002),
        ["a pong of 126 bytes"] = (Frame(Pong, new byte[126]), 1002),
        ["a close of 126 bytes"] = (Frame(CloseFrame, [3, 232, .. new byte[124]]), 1002),
        ["a continuation of nothing"] = (Frame(Continuation, "{}"u8), 1002),
        ["a continuation after the end of a text"] = ([.. Frame(TextFrame, "{}"u8), .. Frame(Continuation, [])], 1002),
        ["a text within a text"] = ([.. Frame(TextFrame, "{"u8, isLast: false), .. Frame(TextFrame, "}"u8)], 1002),
        ["a length below zero"] = ([0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1002),
        ["a close code of one byte"] = (Frame(CloseFrame, [3]), 1002),
        ["close code 0"] = (Frame(CloseFrame, [0, 0]), 1002),
        ["close code 999"] = (Frame(CloseFrame, Code(999)), 1002),
        ["close code 1004"] = (Frame(CloseFrame, Code(1004)), 1002),
        ["close code 1005"] = (Frame(CloseFrame, Code(1005)), 1002),
        ["close code 1006"] = (Frame(CloseFrame, Code(1006)), 1002),
        ["close code 5000"] = (Frame(CloseFrame, Code(5000)), 1002),
        ["a reason that is no UTF-8"] = (Frame(CloseFrame, [.. Code(1000), 0xFF]), 1002),
        ["a byte that is never UTF-8"] = (Frame(TextFrame, [0xFF]), 1007),
        ["an overlong character"] = (Frame(TextFrame, [0xC0, 0xAF]), 1007),
        ["half of a surrogate pair"] = (Frame(TextFrame, [0xED, 0xA0, 0x80]), 1007),
        ["a character beyond Unicode"] = (Frame(TextFrame, [0xF4, 0x90, 0x80, 0x80]), 1007),
        ["a character that is cut off"] = (Frame(TextFrame, [0xE2, 0x82]), 1007),
        ["a character that goes wrong in the second frame"] = ([.. Frame(TextFrame, [0xE2], isLast: false), .. Frame(Continuation, [0x28, 0xA1])], 1007),
        ["bytes instead of text"] = (Frame(BinaryFrame, "{}"u8), 1003),
        ["a message of 4097 bytes"] = (Frame(TextFrame, new byte[4_097]), 1009),
        ["a message that is said to have an exabyte"] = ([0x81, 0xFF, 0x0F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. new byte[4_097]], 1009),
        ["a rest of a message that is said to have eight exabytes"] = ([.. Frame(TextFrame, " "u8, isLast: false), 0x80, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, .. new byte[100]], 1009),
        ["17 pieces"] = ([.. Frame(TextFrame, [], isLast: false), .. Enumerable.Repeat(Frame(Continuation, [], isLast: false), 16).SelectMany(frame => frame)], 1009),
    };

    public static TheoryData<string> SoundCases => [.. Sound.Keys];

    public static TheoryData<string> UnsoundCases => [.. Unsound.Keys];

    [Theory]
    [MemberData(nameof(SoundCases))]
    public async Task After_what_is_sound_a_connection_goes_on(string what)
    {
        using var client = await RawClient.Connect(_server);
        await client.SkipUpgrade();

        await client.Send(Sound[what]);
        await client.Send(StillHere);

        while (await client.Frame() is var frame && frame is not (TextFrame, _) || !Encoding.UTF8.GetString(frame!.Value.Payload).Contains("still here", StringComparison.Ordinal)) Assert.NotNull(frame);
    }

    [Theory]
    [MemberData(nameof(UnsoundCases))]
    public async Task What_is_not_ends_the_connection_and_no_other(string what)
    {
        using var other = await _server.Join("Bob");
        using var client = await RawClient.Connect(_server);
        await client.SkipUpgrade();

        await client.Send(Unsound[what].Bytes);

        var closed = await Ended(client);
        if (closed is { } code) Assert.Equal(Unsound[what].Code, code);
        client.Dispose();
        await Condition.Holds(() => _server.Get<Admission>().Count == 1);
        await other.Send("""{"type":"ping","id":1}""");
        await other.Until("pong");
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1003)]
    [InlineData(3000)]
    [InlineData(4999)]
    public async Task A_close_is_answered(int code)
    {
        using var client = await RawClient.Connect(_server);
        await client.SkipUpgrade();

        await client.Send(Frame(CloseFrame, [.. Code(code), .. "bye"u8]));

        Assert.NotNull(await Ended(client));
        await Condition.Holds(() => _server.Get<Admission>().Count == 0);
    }

    [Fact]
    public async Task A_ping_is_answered_with_what_was_in_it()
    {
        using var client = await RawClient.Connect(_server);
        await client.SkipUpgrade();

        await client.Send(Frame(Ping, "who is there"u8));

        var answer = await client.Frame();
        Assert.Equal((Pong, "who is there"), (answer!.Value.Opcode, Encoding.UTF8.GetString(answer.Value.Payload)));
    }

    /// <summary>The code that the connection was closed with, or null if it was cut.</summary>
    private static async Task<int?> Ended(RawClient client)
    {
        while (await client.Frame() is var (opcode, payload))
            if (opcode == CloseFrame) return payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 0;
        return null;
    }

    private static byte[] Text(string text) => Frame(TextFrame, Encoding.UTF8.GetBytes(text));

    /// <summary>A text of one character more than ASCII has, cut in the middle of it.</summary>
    private static byte[] Split(string character, int at)
    {
        var bytes = Encoding.UTF8.GetBytes(character);
        return [.. Frame(TextFrame, bytes.AsSpan(0, at), isLast: false), .. Frame(Continuation, bytes.AsSpan(at))];
    }

    private static byte[] Code(int code) => [(byte)(code >> 8), (byte)code];
}
