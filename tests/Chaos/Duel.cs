using System.Text.Json.Nodes;
using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>A game of two people at two nodes. The one who is to move lets nearly all of their time pass; the other one gives up as soon as it is their turn, and sees to it that the game ends.</summary>
internal sealed class Duel : IDisposable
{
    public static readonly TimeControl Control = TimeControl.From(5, 0);

    /// <summary>How long anything may take on a busy machine; only a run that fails waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly History _history;
    private readonly UserName _name;
    private readonly UserName _opponent;
    private readonly ClientLine _mover;
    private readonly ClientLine _other;
    private readonly GameView _view;

    private Duel(History history, UserName name, UserName opponent, ClientLine mover, ClientLine other, GameView view) =>
        (_history, _name, _opponent, _mover, _other, _view) = (history, name, opponent, mover, other, view);

    public GameId Game => _view.Id;

    /// <param name="number">What tells its players from all others.</param>
    public static async Task<Duel> Begin(History history, string number, Uri moversNode, Uri othersNode)
    {
        var (name, opponent) = (UserName.From($"Mover{number}"), UserName.From($"Other{number}"));
        var (mover, other) = (await Enter(history, moversNode, name), await Enter(history, othersNode, opponent));
        var challenge = new JsonObject
        {
            ["type"] = "challenge", ["id"] = 1, ["opponent"] = name.Text, ["clock"] = new JsonObject { ["initial"] = (int)Control.Initial.TotalSeconds, ["increment"] = 0 },
        };
        do await other.Send(challenge);
        while (Type(await Hear(other, message => (int?)message["re"] == 1)) != "ok"); // Until that node has heard of the mover.
        await Hear(mover, message => (string?)message["status"] == "received");
        await mover.Send(new() { ["type"] = "accept", ["opponent"] = opponent.Text });

        var whole = await Hear(other, message => Type(message) == "game");
        var view = new GameView(new GameId((string)whole["game"]!), opponent);
        view.Take(whole);
        return new Duel(history, name, opponent, mover, other, view);
    }

    /// <summary>The mover asks for a move at that moment, if they are not cut before it.</summary>
    public async Task Move(DateTimeOffset at)
    {
        if (at - Now is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
        var move = new Move(Game, 0, Column.From(4));
        _history.Add(new Observation.Invoked(_name, move, Now));
        await _mover.Send(new() { ["type"] = "move", ["id"] = 2, ["game"] = Game.Value, ["ply"] = move.Ply, ["column"] = move.Column.Number });
        var answer = await Next(_mover, message => (int?)message["re"] == 2);
        _history.Add(answer switch
        {
            null => new Observation.Unknown(_name, move, Now),
            _ when Type(answer) == "ok" => new Observation.Ok(_name, move, (int)answer["version"]!, (bool)answer["dup"]!, Now),
            _ when (string?)answer["code"] == "pending" => new Observation.Unknown(_name, move, Now),
            _ => new Observation.Refused(_name, move, (string)answer["code"]!, Now),
        });
    }

    /// <summary>Ends when the other one has seen the game end.</summary>
    public async Task End()
    {
        for (var hasGivenUp = false; _view.End is null;)
        {
            var message = await Hear(_other, message => (string?)message["game"] == Game.Value);
            _ = Type(message) switch { "game" => _view.Take(message), "moved" => _view.TakeMove(message), "game_over" => _view.TakeEnd(message), _ => false };
            if (_view.IsBehind) await _other.Send(new() { ["type"] = "ping", ["games"] = new JsonArray(new JsonObject { ["game"] = Game.Value, ["version"] = 0 }) });
            if (hasGivenUp || !_view.IsMyTurn) continue;
            _history.Add(new Observation.Quit(_opponent, Game, Now));
            await _other.Send(new() { ["type"] = "quit", ["game"] = Game.Value });
            hasGivenUp = true;
        }
    }

    public void Dispose()
    {
        _mover.Dispose();
        _other.Dispose();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static async Task<ClientLine> Enter(History history, Uri node, UserName name)
    {
        var line = await ClientLine.Open(node) ?? throw new InvalidOperationException($"{node} lets nobody in.");
        await line.Send(new() { ["type"] = "new_connection", ["username"] = name.Text });
        var welcome = await Hear(line, message => Type(message) == "welcome");
        history.Add(new Observation.Connected(name, (string)welcome["epoch"]!, Now));
        return line;
    }

    /// <summary>The next message that is wanted.</summary>
    /// <exception cref="InvalidOperationException">The line ends before it.</exception>
    private static async Task<JsonObject> Hear(ClientLine line, Func<JsonObject, bool> isWanted) => await Next(line, isWanted) ?? throw new InvalidOperationException("A node that is not to die has hung up.");

    /// <summary>The same, or null if the line ends before it.</summary>
    private static async Task<JsonObject?> Next(ClientLine line, Func<JsonObject, bool> isWanted)
    {
        while (await line.Next().WaitAsync(Patience, TimeProvider.System) is { } message)
            if (isWanted(message)) return message;
        return null;
    }

    private static string? Type(JsonObject? message) => (string?)message?["type"];
}
