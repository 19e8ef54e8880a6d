using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>Somebody who plays by the rules while others do not, and notes how long each answer takes.</summary>
internal sealed class Bystander(BareLine line, string script) : IDisposable
{
    /// <summary>Eight questions a second: within the rate that the server allows.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(125);

    private const int QuestionsPerMove = 6;

    private int _side;
    private int _version;
    private bool _isOver;

    public string Game { get; private set; } = "";

    /// <summary>The columns, as this player was told them.</summary>
    public string Moves { get; private set; } = "";

    public BareLine Line => line;

    /// <summary>Comes from an address of their own.</summary>
    public static async Task<Bystander> Join(Uri server, string name, string script)
    {
        var bystander = new Bystander(await BareLine.Upgrade(server, Loopback.Next()), script);
        await bystander.Ask(new() { ["type"] = "new_connection", ["username"] = name });
        return bystander;
    }

    /// <summary>Begins a game without clocks; the challenged moves first.</summary>
    public static async Task Begin(Bystander challenger, string name, Bystander challenged, string other)
    {
        (challenger._side, challenged._side) = (1, 0);
        await challenger.Ask(new() { ["type"] = "challenge", ["opponent"] = other, ["clock"] = null });
        await challenged.Ask(new() { ["type"] = "accept", ["opponent"] = name });
        challenger.Hear(await challenger.Line.Until("game"));
    }

    /// <summary>Plays and pings until the end.</summary>
    public async Task Play(ConcurrentQueue<TimeSpan> answers, CancellationToken end)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var question = 1; !end.IsCancellationRequested; question++)
        {
            await pace.WaitForNextTickAsync(CancellationToken.None);
            var asked = TimeProvider.System.GetTimestamp();
            if (question % QuestionsPerMove == 0 && IsMyTurn) await Move();
            else await IsBehind();
            answers.Enqueue(TimeProvider.System.GetElapsedTime(asked));
        }
    }

    public bool IsMyTurn => !_isOver && Moves.Length < script.Length && Moves.Length % 2 == _side;

    public async Task Move()
    {
        var answer = await Ask(new() { ["type"] = "move", ["game"] = Game, ["ply"] = Moves.Length, ["column"] = script[Moves.Length] - '0' });
        Assert.Equal("ok", (string?)answer["type"]);
    }

    /// <summary>Asks whether anything was missed, such as a move that the opponent has just made.</summary>
    /// <returns>Whether something was; it comes after the answer.</returns>
    public async Task<bool> IsBehind()
    {
        var answer = await Ask(new() { ["type"] = "ping", ["games"] = new JsonArray(new JsonObject { ["game"] = Game, ["version"] = _version }) });
        Assert.Equal("pong", (string?)answer["type"]);
        Assert.Empty(answer["unknown"]!.AsArray());
        return answer["games"]!.AsArray().Count > 0;
    }

    /// <summary>Fails unless the game is what the two have played, no more and no less.</summary>
    public async Task Check()
    {
        if (await IsBehind()) Assert.False(await IsBehind());
        Assert.StartsWith(Moves, script, StringComparison.Ordinal);
        Assert.Equal(Moves.Length == script.Length, _isOver);
    }

    public Task Leave() => Ask(new() { ["type"] = "quit", ["game"] = Game });

    public void Dispose() => line.Dispose();

    private Task<JsonObject> Ask(JsonObject question) => line.Ask(question, Hear);

    private void Hear(JsonObject message)
    {
        if ((int?)message["version"] <= _version && (string?)message["game"] == Game) return;
        switch ((string?)message["type"])
        {
            case "game":
                (Game, Moves, _version) = ((string)message["game"]!, (string)message["moves"]!, (int)message["version"]!);
                break;
            case "moved":
                Assert.Equal(_version + 1, (int)message["version"]!);
                (Moves, _version) = (Moves + (int)message["column"]!, _version + 1);
                break;
            case "game_over":
                (_isOver, _version) = (true, (int)message["version"]!);
                break;
        }
    }
}
