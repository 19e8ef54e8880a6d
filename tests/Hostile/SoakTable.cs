using System.Text.Json.Nodes;
using ConnectFour.Domain;
using ConnectFour.Web.Tests;

namespace ConnectFour.Hostile;

/// <summary>A table to which people come, play and go, one party after the other, each under names of its own: what a server sees in a day.</summary>
/// <param name="think">How long somebody thinks before they do something.</param>
internal sealed class SoakTable(Uri server, int number, Func<TimeSpan> think)
{
    private readonly Random _random = new(number);
    private int _parties;

    /// <summary>How many parties have come and gone.</summary>
    public int Parties => _parties;

    public async Task Run(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            _parties++;
            using var ann = new SoakGuest(server, $"A{number}-{_parties}");
            using var bob = new SoakGuest(server, $"B{number}-{_parties}");
            using var cy = new SoakGuest(server, $"C{number}-{_parties}");
            foreach (var guest in (SoakGuest[])[ann, bob, cy]) await guest.Come();
            await Think();
            await Party(ann, bob, cy);
            await Think();
            foreach (var guest in (SoakGuest[])[ann, bob, cy])
                if (_random.Next(4) > 0) await guest.Leave();
        }
    }

    private async Task Party(SoakGuest ann, SoakGuest bob, SoakGuest cy)
    {
        await ann.Ask("challenge", ("opponent", bob.Name), ("clock", null));
        await bob.Until("invitation");
        await Think();
        if (_random.Next(5) == 0)
        {
            await bob.Ask("decline", ("opponent", ann.Name));
            return;
        }

        await bob.Ask("accept", ("opponent", ann.Name));
        await ann.Until("game");
        await cy.Ask("running", ("on", true));
        await cy.Ask("watch", ("game", bob.Game));
        int? end = _random.Next(8) == 0 ? 4 : null; // Now and then all are gone in the middle of the game.
        for (var moves = new Notation(); !moves.IsFinished; moves = moves.Then(Column.From(bob.Moves[^1] - '0')))
        {
            await Think();
            if (moves.Plies == end) return;
            if (_random.Next(20) == 0) await (_random.Next(2) == 0 ? bob : ann).ComeAgain(_random.Next(2) == 0);
            if (_random.Next(60) == 0)
            {
                await bob.Ask("quit", ("game", bob.Game));
                return;
            }
            var (mover, other) = moves.Plies % 2 == 0 ? (bob, ann) : (ann, bob);
            var legal = moves.Board.LegalColumns;
            await mover.Ask("move", ("game", bob.Game), ("ply", moves.Plies), ("column", legal[_random.Next(legal.Length)].Number));
            await other.UntilPly(moves.Plies + 1);
        }
        await ann.Ask("react", ("game", bob.Game), ("reaction", "good_game"));
    }

    private Task Think() => Task.Delay(think() * (0.5 + _random.NextDouble()), TimeProvider.System);
}

/// <summary>Somebody at a table.</summary>
internal sealed class SoakGuest(Uri server, string name) : IDisposable
{
    private readonly HashSet<string> _heard = [];
    private Line? _line;
    private string? _token;

    public string Name => name;

    public string Game { get; private set; } = "";

    /// <summary>The columns of the game, as this guest was told them.</summary>
    public string Moves { get; private set; } = "";

    private Line Line => _line ?? throw new InvalidOperationException($"{name} is not here.");

    public async Task Come()
    {
        _line = await Line.Open(server);
        var welcome = await Ask("new_connection", _token is null ? ("username", name) : ("token", _token));
        _token = (string)welcome["token"]!;
    }

    /// <summary>Comes back after a reload, or after the line was cut without a word; what was missed is seen in the whole game.</summary>
    public async Task ComeAgain(bool isReload)
    {
        if (isReload) await Leave();
        Dispose();
        await Come();
        await Until("game");
    }

    public Task Leave() => Line.Close();

    public async Task<JsonObject> Ask(string type, params (string Name, JsonNode? Value)[] fields)
    {
        var question = new JsonObject { ["type"] = type };
        foreach (var (field, value) in fields) question[field] = value;
        _heard.Clear();
        await Line.Send(question);
        while (true)
        {
            var answer = await Next();
            if (!Line.IsAnswer(answer)) continue;
            if (Line.Type(answer) != "error") return answer;

            // A slow disk is no fault: the move is sent again until it is known to count, as the protocol says.
            if ((string?)answer["code"] != "pending") throw new InvalidOperationException($"{name}: {question.ToJsonString()} -> {answer.ToJsonString()}");
            await Line.Send(question);
        }
    }

    /// <summary>Until such a message has come since the latest question.</summary>
    public async Task Until(string type)
    {
        while (!_heard.Contains(type)) await Next();
    }

    public async Task UntilPly(int plies)
    {
        while (Moves.Length < plies) await Next();
    }

    public void Dispose() => _line?.Dispose();

    private async Task<JsonObject> Next()
    {
        var message = await Line.Next();
        _heard.Add(Line.Type(message));
        switch (Line.Type(message))
        {
            case "game":
                (Game, Moves) = ((string)message["game"]!, (string)message["moves"]!);
                break;
            case "moved":
                Moves += (int)message["column"]!;
                break;
        }
        return message;
    }
}
