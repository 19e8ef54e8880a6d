using System.Buffers;
using BenchmarkDotNet.Attributes;
using ConnectFour.Infrastructure.WebSockets.Frames;
using ConnectFour.Infrastructure.WebSockets.Messages;
using ConnectFour.TestKit;

namespace ConnectFour.Bench;

/// <summary>The pieces of a move between socket and socket that are ours alone: no system call, no disk, no other thread.</summary>
[MemoryDiagnoser]
public class MoveBenchmarks
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly Seat Ann = new(UserName.From("Ann"), DiscColour.Red), Bob = new(UserName.From("Bob"), DiscColour.Yellow);

    private readonly byte[] _text = [.. """{"type":"move","id":7,"game":"7KqfW3mPzR2x","ply":20,"column":4}"""u8];
    private readonly byte[] _taken = new byte[128];
    private ReadOnlySequence<byte> _arrived;
    private Game _game = null!;
    private GameEvent[] _events = [];
    private Decision<Game, GameEvent>.Accepted _played = null!;

    /// <summary>A game of twenty plies, and the next one.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var started = new GameEvent.Started(new GameId("7KqfW3mPzR2x"), Ann, Bob, TimeControl.Default, Now);
        (_game, _events) = (Game.Start(started), [started]);
        foreach (var digit in "12345671234567172635")
        {
            var step = Play(_game, digit - '0');
            (_game, _events) = (step.Next, [.. _events, .. step.Events]);
        }
        _played = Play(_game, 4);
        _arrived = new(ClientFrames.Frame((byte)Opcode.Text, _text));
        if (TakeFrame() != _text.Length || ReadMessage() is not MoveMessage { Column: 4 }) throw new InvalidOperationException("What is measured does not do what it should.");
    }

    /// <summary>A client's frame, unmasked.</summary>
    [Benchmark]
    public int TakeFrame()
    {
        var arrived = _arrived;
        if (!Frame.TryTake(ref arrived, _taken.Length, out var frame)) return 0;
        frame.CopyTo(_taken);
        return (int)frame.Head.Length;
    }

    [Benchmark]
    public object? ReadMessage() => MessageReader.Read(_text).Message;

    /// <summary>Rules and clock.</summary>
    [Benchmark]
    public object Decide() => Play(_game, 4);

    /// <summary>The news that both are told, once for both.</summary>
    [Benchmark]
    public byte[] WriteNews() => WireJson.Bytes(Wire.Event(_played.Next, _played.Events[0], _played.Next.Version, watchers: 0));

    /// <summary>A whole game of twenty plies, from its events.</summary>
    [Benchmark]
    public Game Replay() => Game.Replay([.. _events]);

    private static Decision<Game, GameEvent>.Accepted Play(Game game, int column) =>
        (Decision<Game, GameEvent>.Accepted)game.Play(game.Board.Plies % 2 == 0 ? Ann.Name : Bob.Name, game.Board.Plies, Column.From(column), Now);
}
