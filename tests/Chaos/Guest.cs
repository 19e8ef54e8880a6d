using System.Text.Json.Nodes;

namespace ConnectFour.Chaos;

/// <summary>A person with one line to one node, who says what a test wants and remembers all that they hear.</summary>
internal sealed class Guest : IDisposable
{
    /// <summary>Only a test that fails waits for so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Before somebody asks again where there was no time for them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ClientLine _line;
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _heard = [];
    private TaskCompletionSource _more = New();
    private int _lastId;

    private Guest(ClientLine line) => _line = line;

    public string Token { get; private set; } = "";

    /// <summary>Completes when the line has ended.</summary>
    public Task Gone { get; private set; } = Task.CompletedTask;

    /// <summary>Comes to a node under a name, or back by the token of the last time.</summary>
    /// <exception cref="IOException">Nobody answers there, or the line ends before the welcome.</exception>
    public static async Task<Guest> Join(Uri node, string? name, string? token = null)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Pause, TimeProvider.System))
        {
            var guest = new Guest(await ClientLine.Open(node) ?? throw new IOException($"Nobody answers at {node}."));
            guest.Gone = guest.Listen();
            var welcome = await guest.Ask("new_connection", token is null ? new() { ["username"] = name } : new() { ["token"] = token });
            if ((string?)welcome["type"] == "welcome")
            {
                guest.Token = (string)welcome["token"]!;
                return guest;
            }
            guest.Dispose();
            if ((string?)welcome["code"] != "unavailable" || TimeProvider.System.GetElapsedTime(begun) >= Patience) throw new IOException($"{name} is not welcome: {welcome}");
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="IOException">The line ends before it.</exception>
    public async Task<JsonObject> Ask(string type, JsonObject message)
    {
        var id = ++_lastId;
        message.Insert(0, "type", type);
        message["id"] = id;
        await _line.Send(message);
        return await Hear(answer => (int?)answer["re"] == id);
    }

    public Task<JsonObject> Move(string game, int ply, int column) => Ask("move", new() { ["game"] = game, ["ply"] = ply, ["column"] = column });

    /// <summary>The first of all messages that is so, whether it has come or is still to come.</summary>
    /// <exception cref="IOException">The line ends before it.</exception>
    public async Task<JsonObject> Hear(Func<JsonObject, bool> isIt)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_heard.Find(message => isIt(message)) is { } found) return found;
                more = _more.Task;
            }
            await more.WaitAsync(Patience);
        }
    }

    public Task<JsonObject> HearMove(string game, int version) => Hear(message => (string?)message["type"] == "moved" && (string?)message["game"] == game && (int)message["version"]! == version);

    /// <summary>The versions of a game that were told one by one, in the order in which they were.</summary>
    public int[] VersionsOf(string game)
    {
        lock (_lock) return [.. _heard.Where(message => (string?)message["type"] is "moved" or "game_over" && (string?)message["game"] == game).Select(message => (int)message["version"]!)];
    }

    /// <summary>A game on no clock between the two; the first one begins.</summary>
    public static async Task<string> Play(Guest first, string firstName, Guest second, string secondName)
    {
        await Condition.Holds(async () => (string?)(await second.Ask("challenge", new() { ["opponent"] = firstName, ["clock"] = null }))["type"] == "ok");
        await first.Hear(message => (string?)message["type"] == "invitation" && (string?)message["status"] == "received" && (string?)message["from"] == secondName);
        await first.Ask("accept", new() { ["opponent"] = secondName });
        var game = (string)(await second.Hear(message => (string?)message["type"] == "game"))["game"]!;
        await first.Hear(message => (string?)message["type"] == "game");
        return game;
    }

    public void Dispose()
    {
        _line.Abort();
        _line.Dispose();
    }

    private async Task Listen()
    {
        while (await _line.Next(withLobby: true) is { } message)
        {
            TaskCompletionSource more;
            lock (_lock)
            {
                _heard.Add(message);
                (more, _more) = (_more, New());
            }
            more.SetResult();
        }
        lock (_lock) _more.SetException(new IOException("The line has ended."));
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
