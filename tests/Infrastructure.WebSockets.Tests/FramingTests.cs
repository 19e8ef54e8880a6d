using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ConnectFour.Infrastructure.WebSockets.Frames;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Hosting;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Frames as they lie in the web server's buffers, and the lines beneath them.</summary>
public sealed class FramingTests
{
    [Property]
    public Property A_frame_is_taken_when_it_is_there_as_a_whole_however_it_arrived() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<uint>(), Gen.Choose(1, 20).ToArbitrary(),
        (payload, mask, piece) =>
        {
            byte[] rest = [0x89, 0x80, 1, 2, 3, 4], frame = ClientFrames.Frame((int)Opcode.Text, payload, mask: mask);

            for (var there = 0; there < frame.Length; there++)
            {
                var part = InPieces(frame[..there], piece);
                if (Frame.TryTake(ref part, 4_096, out _)) return false;
            }
            var arrived = InPieces([.. frame, .. rest], piece);
            if (!Frame.TryTake(ref arrived, 4_096, out var taken)) return false;

            var copy = new byte[payload.Length];
            taken.CopyTo(copy);
            return copy.AsSpan().SequenceEqual(payload) && taken.Untaken == 0 && arrived.ToArray().AsSpan().SequenceEqual(rest);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(4_096)]
    public void A_payload_of_every_length_is_unmasked(int length)
    {
        var payload = RandomNumberGenerator.GetBytes(length);
        var arrived = InPieces(ClientFrames.Frame((int)Opcode.Text, payload, mask: 0x01020384), 1_000);

        Assert.True(Frame.TryTake(ref arrived, 4_096, out var frame));

        var copy = new byte[length];
        frame.CopyTo(copy);
        Assert.Equal(payload, copy);
        Assert.True(arrived.IsEmpty);
    }

    [Fact]
    public void Of_what_is_too_long_or_not_sound_only_the_head_is_taken()
    {
        var (tooLong, unsound) = (InPieces(ClientFrames.Frame((int)Opcode.Text, new byte[300], mask: 1), 7), InPieces([0x83, 0x80, 0, 0, 0, 0, 1, 2, 3], 7));

        Assert.True(Frame.TryTake(ref tooLong, 299, out var first));
        Assert.True(Frame.TryTake(ref unsound, 299, out var second));

        Assert.Equal((300, 300), (first.Untaken, tooLong.Length));
        Assert.Equal((long.MaxValue, 3), (second.Untaken, unsound.Length));
    }

    /// <summary>A length that goes over the edge of what can be counted would make nonsense of all that follows.</summary>
    [Fact]
    public void What_a_client_still_sends_is_passed_over_up_to_its_close_however_long_it_is_said_to_be()
    {
        byte[] eightExabytes = [0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];
        byte[] close = ClientFrames.Frame((int)Opcode.Close, [3, 232]), text = ClientFrames.Frame((int)Opcode.Text, new byte[300]), unsound = [0x83, 0x80, 0, 0, 0, 0];

        Assert.Equal((true, 2), Pass(0, [.. text, .. close])); // But for the code in it.
        Assert.Equal((true, 2), Pass(300, [.. new byte[300], .. close]));
        Assert.Equal((false, 3), Pass(0, [.. text, .. close[..3]]));
        Assert.Equal((false, 0), Pass(0, [.. eightExabytes, .. close]));
        Assert.Equal((false, 0), Pass(0, [.. unsound, .. close]));

        static (bool IsClosed, long Left) Pass(long rest, byte[] bytes)
        {
            var arrived = InPieces(bytes, 5);
            return (new LastFrames(rest).Pass(ref arrived), arrived.Length);
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    public void The_server_s_frames_say_how_long_they_are(int length, int head)
    {
        var output = new ArrayBufferWriter<byte>();

        output.Add(Opcode.Text, new byte[length]);

        var bytes = output.WrittenSpan;
        Assert.Equal((0x81, head + length), (bytes[0], bytes.Length));
        Assert.Equal(length, head switch
        {
            2 => bytes[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
        });
    }

    /// <summary>Where no proxy stands before the server: on an encrypted line, which a browser may share among its streams (HTTP/2).</summary>
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_connection_may_run_on_an_encrypted_line_of_its_own_or_on_a_stream_of_one(string version)
    {
        var today = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create(2_048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(today.AddDays(-1), today.AddDays(1));
        await using var server = await SocketServer.Start(listen: endpoint => endpoint.UseHttps(certificate));
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() } };
        using var http = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket { Options = { HttpVersion = Version.Parse(version), HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
        socket.Options.AddSubProtocol(Door.SubProtocol);
        using var patience = new CancellationTokenSource(SocketClient.Patience);

        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "wss", Path = "/ws" }.Uri, http, patience.Token);
        using var client = new SocketClient(socket);
        await client.Send("""{"type":"new_connection","username":"Ann"}""");
        await client.Until("welcome");
        var text = $$"""{"type":"ping","id":1{{new string(' ', 4_000)}}}""";
        await client.Send(Encoding.ASCII.GetBytes(text[..1_500]), isLast: false);
        await client.Send(Encoding.ASCII.GetBytes(text[1_500..]));
        await client.Until("pong");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);

        Assert.Equal((Door.SubProtocol, WebSocketCloseStatus.NormalClosure), (socket.SubProtocol, socket.CloseStatus));
        await Condition.Holds(() => server.Get<Admission>().Count == 0);
    }

    private static ReadOnlySequence<byte> InPieces(byte[] bytes, int piece)
    {
        if (bytes.Length == 0) return default;
        Piece first = new(bytes.AsMemory(0, Math.Min(piece, bytes.Length)), 0), last = first;
        for (var at = piece; at < bytes.Length; at += piece) last = last.Then(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)));
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> bytes, long at) => (Memory, RunningIndex) = (bytes, at);

        public Piece Then(ReadOnlyMemory<byte> bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
