using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace ConnectFour.Bench;

/// <summary>A guest who plays: whenever it is their turn they wait a while and drop a disc at random, and when a game is over they begin another one.</summary>
internal sealed class LoadPlayer : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TimeSpan _pace;
    private readonly Random _random;
    private readonly string? _opponent;

    /// <summary>When each move was sent, by its id.</summary>
    private readonly ConcurrentDictionary<int, long> _sent = [];
    private int _ids;

    /// <param name="opponent">Whom they challenge; null for somebody who accepts.</param>
    public LoadPlayer(string name, string? opponent, TimeSpan pace, int seed) => (Name, _opponent, _pace, _random) = (name, opponent, pace, new Random(seed));

    public string Name { get; }

    /// <summary>How long each move took from sending it to the server's <c>ok</c>, which says that it is on the disk.</summary>
    public ConcurrentQueue<TimeSpan> Latencies { get; } = [];

    /// <summary>How long the opponent took over each answer, from the server's <c>ok</c> to a move of ours.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public async Task Begin(Uri server)
    {
        await _socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws" }.Uri, CancellationToken.None);
        await Say(new { type = "new_connection", username = Name });
        _ = Hear();
        if (_opponent is not null) await Challenge();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private Task Challenge() => Say(new { type = "challenge", opponent = _opponent, clock = (object?)null, id = "challenge" });

    private async Task ChallengeLater()
    {
        await Task.Delay(_pace);
        if (_socket.State == WebSocketState.Open) await Challenge();
    }

    private async Task Say(object message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task Hear()
    {
        var buffer = new byte[65_536];
        string? game = null;
        var (side, board) = (0, Board.Empty);
        long? waiting = null;
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close) return;

                using var message = JsonDocument.Parse(buffer.AsMemory(0, length));
                var root = message.RootElement;
                switch (root.GetProperty("type").GetString())
                {
                    case "ok" when root.TryGetProperty("re", out var re) && re.ValueKind == JsonValueKind.Number && _sent.TryRemove(re.GetInt32(), out var since):
                        Latencies.Enqueue(TimeProvider.System.GetElapsedTime(since));
                        waiting = TimeProvider.System.GetTimestamp();
                        break;
                    case "error" when root.TryGetProperty("re", out var re) && re.ValueKind == JsonValueKind.String:
                        _ = ChallengeLater();
                        break;
                    case "invitation" when _opponent is null && root.GetProperty("status").GetString() == "received":
                        await Say(new { type = "accept", opponent = root.GetProperty("from").GetString() });
                        break;
                    case "game":
                        game = root.GetProperty("game").GetString();
                        board = Notation.From(root.GetProperty("moves").GetString()!).Board;
                        side = root.GetProperty("players")[0].GetProperty("name").GetString() == Name ? 0 : 1;
                        await Play(game!, board, side);
                        break;
                    case "moved" when root.GetProperty("game").GetString() == game:
                        if (root.GetProperty("player").GetInt32() != side && waiting is { } began) Waits.Enqueue(TimeProvider.System.GetElapsedTime(began));
                        waiting = null;
                        board = board.Drop(Column.From(root.GetProperty("column").GetInt32()));
                        await Play(game!, board, side);
                        break;
                    case "game_over" when _opponent is not null:
                        _ = ChallengeLater(); // The answer to the last move comes behind it, and is not kept waiting.
                        break;
                }
            }
        }
        catch (Exception problem) when (problem is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private async Task Play(string game, Board board, int side)
    {
        if (board.Winner is not null || board.IsFull || (board.Plies & 1) != side) return;

        await Task.Delay(_pace);
        var columns = board.LegalColumns;
        var id = ++_ids;
        _sent[id] = TimeProvider.System.GetTimestamp();
        await Say(new { type = "move", game, ply = board.Plies, column = columns[_random.Next(columns.Length)].Number, id });
    }
}
