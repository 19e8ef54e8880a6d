using System.Buffers.Text;
using System.Text;

namespace ConnectFour.Bench.Load;

/// <summary>What the two of a pair know together.</summary>
/// <param name="pace">How long each takes over a move; zero for none.</param>
internal sealed class Pair(int number, TimeSpan pace, Latencies latencies)
{
    public int Number => number;

    public TimeSpan Pace => pace;

    public Latencies Latencies => latencies;

    /// <summary>When the latest move was sent.</summary>
    public long Sent { get; set; }
}

/// <summary>One of a pair: plays its games, one after the other, and checks each move that it hears of against what was to be played.</summary>
internal sealed class Player(Pair pair, bool challenges, BareSocket line, bool isRelayed)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    private readonly byte[] _message = new byte[256];
    private readonly string _name = Name(pair.Number, challenges);
    private readonly byte[] _opponent = Encoding.ASCII.GetBytes(Name(pair.Number, !challenges));
    private byte[] _script = Script.Of(pair.Number, 0);
    private byte[] _game = "x"u8.ToArray();
    private byte[]? _before;
    private int _games;

    /// <summary>Moves of the opponent that were heard of.</summary>
    public long Moves { get; private set; }

    /// <summary>What was heard and should not have been, the first of it.</summary>
    public string? Trouble { get; private set; }

    public static string Name(int pair, bool challenges) => $"{(challenges ? 'a' : 'b')}{pair}x";

    /// <summary>Says who it is, and begins when everybody is there.</summary>
    public Task Begin(Task everybody)
    {
        var listening = line.Listen(Hear);
        if (!isRelayed) line.Say(Encoding.ASCII.GetBytes($$"""{"type":"new_connection","username":"{{_name}}"}"""));
        _ = everybody.ContinueWith(_ => Start(), TaskScheduler.Default);
        return listening;
    }

    private void Start()
    {
        if (isRelayed && !challenges) Play(0);
        else if (!isRelayed && challenges) Challenge();
    }

    private void Hear(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("""{"type":"move"""u8)) Moved(text);
        else if (text.StartsWith("""{"type":"ok"""u8) || text.StartsWith("""{"type":"user_"""u8) || text.StartsWith("""{"type":"running_"""u8)) return;
        else if (text.StartsWith("""{"type":"game_over"""u8)) Over();
        else if (text.StartsWith("{\"type\":\"game\",\"game\":\""u8)) Started(text);
        else if (text.StartsWith("""{"type":"invitation","status":"received"""u8)) Say("{\"type\":\"accept\",\"opponent\":\""u8, _opponent, "\"}"u8);
        else if (text.StartsWith("""{"type":"error"""u8)) Refused(text);
    }

    private void Started(ReadOnlySpan<byte> text)
    {
        var from = text["{\"type\":\"game\",\"game\":\""u8.Length..];
        (_before, _game) = (_games == 0 ? null : _game, from[..from.IndexOf((byte)'"')].ToArray());
        _script = Script.Of(pair.Number, _games++);
        if (!challenges) Play(0);
    }

    private void Moved(ReadOnlySpan<byte> text)
    {
        if (_before is not null && text.IndexOf(_before) >= 0) return; // What another node tells of a game's end may come after the next one's start.

        var (ply, column) = (Json.Number(text, "\"ply\":"u8), Json.Number(text, "\"column\":"u8));
        if (ply >= _script.Length || _script[ply] != column) Trouble ??= $"{Encoding.UTF8.GetString(text)} while {Encoding.ASCII.GetString(_game)} was the latest game";
        var (isMine, isLast) = (ply % 2 == 0 != challenges, ply + 1 == _script.Length);
        if (!isMine)
        {
            pair.Latencies.Add(TimeProvider.System.GetElapsedTime(pair.Sent));
            Moves++;
            if (!isLast) Play(ply + 1);
        }
        if (isLast && isRelayed && !challenges) Play(0); // A relay knows no end.
    }

    private void Over()
    {
        if (challenges) Challenge();
    }

    private void Refused(ReadOnlySpan<byte> text)
    {
        // The seats of the last game are free a moment after its end is told.
        if (challenges && text.IndexOf("busy"u8) >= 0) _ = Task.Delay(Again).ContinueWith(_ => Challenge(), TaskScheduler.Default);
        else Trouble ??= Encoding.UTF8.GetString(text);
    }

    private void Challenge() => Say("{\"type\":\"challenge\",\"clock\":null,\"opponent\":\""u8, _opponent, "\"}"u8);

    private void Play(int ply)
    {
        if (pair.Pace == TimeSpan.Zero) Drop(ply);
        else _ = Task.Delay(pair.Pace).ContinueWith(_ => Drop(ply), TaskScheduler.Default);
    }

    private void Drop(int ply)
    {
        Span<byte> number = stackalloc byte[2];
        Utf8Formatter.TryFormat(ply, number, out var digits);
        pair.Sent = TimeProvider.System.GetTimestamp();
        Say("{\"type\":\"move\",\"id\":1,\"game\":\""u8, _game, "\",\"ply\":"u8, number[..digits], ",\"column\":"u8, [(byte)('0' + _script[ply])], "}"u8);
    }

    private void Say(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d = default, ReadOnlySpan<byte> e = default, ReadOnlySpan<byte> f = default, ReadOnlySpan<byte> g = default)
    {
        var rest = _message.AsSpan();
        Put(a, ref rest);
        Put(b, ref rest);
        Put(c, ref rest);
        Put(d, ref rest);
        Put(e, ref rest);
        Put(f, ref rest);
        Put(g, ref rest);
        line.Say(_message.AsSpan(0, _message.Length - rest.Length));

        static void Put(ReadOnlySpan<byte> part, ref Span<byte> rest)
        {
            part.CopyTo(rest);
            rest = rest[part.Length..];
        }
    }
}
