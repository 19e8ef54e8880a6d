using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>What one connection says: bytes without meaning, HTTP that is nearly so, or an upgrade and frames that are nearly so.</summary>
internal sealed class FuzzedBytes
{
    private readonly Random _random;
    private readonly Uri _server;
    private readonly string _name;
    private readonly MessageGrammar _grammar;
    private readonly Distortion _distortion;

    /// <param name="name">Whom the connection says that it is, if it comes to that.</param>
    public FuzzedBytes(Random random, Uri server, string name)
    {
        (_random, _server, _name) = (random, server, name);
        (_grammar, _distortion) = (new MessageGrammar(random, Say), new Distortion(random));
    }

    public byte[] Next() => _random.Next(10) switch
    {
        0 => Noise(2_000),
        < 3 => _distortion.OfBytes(Head(), Noise(100)),
        3 => [.. Head(), .. Noise(2_000)],
        < 8 => [.. Head(), .. Frame(1, Hello()), .. _distortion.OfBytes(Frames(), Frame(1, Message()))],
        _ => [.. Head(), .. Frame(1, Hello()), .. Frames(), .. Frame(8, [])],
    };

    private byte[] Head() => Encoding.ASCII.GetBytes(string.Join("\r\n",
        "GET /ws HTTP/1.1", $"Host: {_server.Authority}", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""));

    private byte[] Hello() => Encoding.UTF8.GetBytes($$"""{"type":"new_connection","username":"{{_name}}"}""");

    private byte[] Message()
    {
        var message = _grammar.Message(MessageGrammar.Types[_random.Next(MessageGrammar.Types.Count)]);
        return _random.Next(2) == 0 ? _distortion.OfField(message) : Encoding.UTF8.GetBytes(message.ToJsonString());
    }

    private byte[] Frames() => [.. Enumerable.Range(0, _random.Next(1, 8)).SelectMany(_ => _random.Next(6) switch
    {
        0 => Frame(_random.Next(256), Noise(130)),
        1 => Frame(_random.Next(8, 11), Noise(125)),
        2 => Pieces(Message()),
        _ => Frame(1, Message()),
    })];

    /// <summary>One message in two frames, and now and then a ping between them.</summary>
    private byte[] Pieces(byte[] message)
    {
        var at = _random.Next(message.Length + 1);
        return [.. Frame(1, message[..at], isLast: false), .. _random.Next(2) == 0 ? Frame(9, []) : [], .. Frame(0, message[at..])];
    }

    /// <summary>A masked frame; in a few the mask, the reserved bits or the length are wrong.</summary>
    private byte[] Frame(int opcode, byte[] payload, bool isLast = true)
    {
        var (odd, mask) = (_random.Next(40), Exactly(4));
        byte[] length = payload.Length switch
        {
            _ when odd == 0 => Exactly(1),
            < 126 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [127, .. Long(payload.Length)],
        };
        if (odd != 1) length[0] |= 0x80;
        var first = (byte)(opcode | (isLast ? 0x80 : 0) | (odd == 2 ? 0x40 : 0));
        return [first, .. length, .. odd == 1 ? [] : mask, .. payload.Select((value, index) => (byte)(value ^ (odd == 1 ? 0 : mask[index % 4])))];
    }

    private static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private byte[] Noise(int most) => Exactly(_random.Next(1, most + 1));

    private byte[] Exactly(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private JsonNode? Say(string word) => word switch
    {
        "name" => _random.Next(2) == 0 ? "Bystander" : $"Fuzz{_random.Next(100)}",
        "token" => "Bystander.0123456789abcdef012345",
        "gameId" => "no-such-game",
        _ => null,
    };
}
