using System.Text.Json.Nodes;
using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>
/// A player who never gives in: comes back after every cut, asks again for what was not answered, and plays game after game with the same opponent,
/// at random and not always by the rules. Writes down everything. One of a pair challenges, the other accepts.
/// </summary>
/// <param name="server">Where to go, asked each time.</param>
internal sealed class PlayingClient(Func<Uri> server, History history, UserName name, UserName opponent, PlayingStyle style, int seed)
{
    /// <summary>A server that has not answered by then will not.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Random _random = new(seed);
    private readonly Dictionary<GameId, GameView> _views = [];
    private readonly Dictionary<int, Question> _questions = [];

    /// <summary>Moves that the client does not know the fate of; each is asked for again until it does.</summary>
    private readonly Queue<Move> _unsettled = [];

    private ClientLine? _line;
    private string? _token;
    private string _epoch = "";
    private int _lastId;
    private Pending _invitation;
    private bool _isWelcome;
    private volatile bool _isFinishing;

    private enum Pending { None, Sent, Received }

    private ClientLine Line => _line ?? throw new InvalidOperationException($"{name} is not connected.");

    /// <summary>Ends the games that run, and begins no other.</summary>
    public void Finish() => _isFinishing = true;

    /// <summary>Plays until told to finish.</summary>
    public async Task Play()
    {
        while (true)
        {
            var away = Milliseconds(50, 250);
            if (await ClientLine.Open(server()) is { } line)
                using (_line = line)
                {
                    if (await Stay() is not { } walk) return;
                    if (walk > away) away = walk;
                }
            await Task.Delay(away, _time);
        }
    }

    /// <summary>One connection, to its end.</summary>
    /// <returns>How long the client stays away, or null when it has finished.</returns>
    private async Task<TimeSpan?> Stay()
    {
        _isWelcome = false;
        await Ask(new Question.Hello(), _token is null ? new() { ["username"] = name.Text } : new() { ["token"] = _token });
        var heard = Line.Next();
        using var leaving = new CancellationTokenSource();
        var thought = Think();
        while (true)
        {
            if (await Task.WhenAny(heard, thought) == heard)
            {
                if (await heard is not { } message) break;
                Hear(message);
                heard = Line.Next();
                continue;
            }

            var isDone = _isFinishing && _isWelcome && _questions.Count == 0 && _unsettled.Count == 0 && _invitation == Pending.None && !_views.Values.Any(view => view.IsRunning);
            if (isDone || _isWelcome && _questions.Count == 0 && Chance(style.Walks))
            {
                var onPurpose = isDone || Chance(0.5);
                Cut(onPurpose);
                if (onPurpose) await Line.Close();
                else Line.Abort();
                return isDone ? null : Milliseconds(50, Chance(0.05) ? 12_000 : 1_000);
            }
            if (_questions.Values.Any(question => _time.GetElapsedTime(question.Asked) > AnswerPatience)) break;
            if (_questions.Count == 0) await Act();
            thought = Think();
        }

        Cut(onPurpose: false);
        await leaving.CancelAsync();
        return TimeSpan.Zero;

        Task Think() => Task.Delay(_isFinishing ? style.Fast(_random) : style.Think(_random), _time, leaving.Token);
    }

    private void Cut(bool onPurpose)
    {
        if (_isWelcome) history.Add(new Observation.Cut(name, onPurpose, Now));
        foreach (var question in _questions.Values.OfType<Question.Play>()) BeUnsure(question.Move);
        _questions.Clear();
        foreach (var view in _views.Values) view.Doubt();
    }

    private async Task Act()
    {
        if (_views.Values.Where(view => view.IsRunning && (view.IsBehind || Chance(0.01))).ToArray() is [_, ..] doubtful) await Ping(doubtful);
        else if (_unsettled.TryDequeue(out var move)) await Play(move);
        else if (_invitation == Pending.Received) await Ask(new Question.Other("accept"), new() { ["opponent"] = opponent.Text });
        else if (_views.Values.FirstOrDefault(view => view.IsMyTurn) is { } game) await Move(game);
        else if (style.Challenges && !_isFinishing && _invitation == Pending.None && !_views.Values.Any(view => view.IsRunning))
            await Ask(new Question.Other("challenge"), new() { ["opponent"] = opponent.Text, ["clock"] = Clock() });
    }

    private async Task Move(GameView game)
    {
        if (Turn.AnyColumn(_random, game.Moves) is not { } column) return; // The end is on its way.

        var asked = Turn.Draw(_random, new Move(game.Id, game.Moves.Length, column), game.Moves);
        foreach (var move in asked) await Play(move);
        if (asked.IsEmpty) await Quit(game.Id);
    }

    private async Task Quit(GameId game)
    {
        history.Add(new Observation.Quit(name, game, Now));
        await Ask(new Question.Other("quit"), new() { ["game"] = game.Value });
    }

    private async Task Play(Move move)
    {
        history.Add(new Observation.Invoked(name, move, Now));
        await Ask(new Question.Play(move), new() { ["game"] = move.Game.Value, ["ply"] = move.Ply, ["column"] = move.Column.Number });
    }

    private async Task Ping(params GameView[] games) => await Ask(new Question.Other("ping"), new()
    {
        ["games"] = new JsonArray([.. games.Select(game => new JsonObject { ["game"] = game.Id.Value, ["version"] = game.IsBehind ? 0 : game.Version })]),
    });

    private async Task Ask(Question question, JsonObject message)
    {
        _questions[++_lastId] = question with { Asked = _time.GetTimestamp() };
        message.Insert(0, "type", question.Type);
        message["id"] = _lastId;
        await Line.Send(message);
    }

    private void Hear(JsonObject message)
    {
        switch ((string)message["type"]!)
        {
            case "welcome":
                Answered(message);
                BeWelcome(message);
                break;
            case "ok" or "error" or "pong":
                if (Answered(message) is { } question) Settle(question, message);
                break;
            case "invitation":
                _invitation = (string)message["status"]! switch { "sent" => Pending.Sent, "received" => Pending.Received, _ => Pending.None };
                if ((string?)message["game"] is { } game) View(game);
                break;
            case "game":
                Show(message, (view, whole) => view.Take(whole));
                break;
            case "set_back":
                View((string)message["game"]!).SetBack();
                break;
            case "moved":
                Show(message, (view, moved) => view.TakeMove(moved));
                break;
            case "game_over":
                Show(message, (view, over) => view.TakeEnd(over));
                break;
        }
    }

    private void BeWelcome(JsonObject welcome)
    {
        (_token, _epoch, _isWelcome, _invitation) = ((string)welcome["token"]!, (string)welcome["epoch"]!, true, Pending.None);
        history.Add(new Observation.Connected(name, _epoch, Now));
    }

    private Question? Answered(JsonObject answer) => (int?)answer["re"] is { } id && _questions.Remove(id, out var question) ? question : null;

    private void Settle(Question question, JsonObject answer)
    {
        var type = (string)answer["type"]!;
        if (question is Question.Play { Move: var move })
        {
            if (type == "ok") history.Add(new Observation.Ok(name, move, (int)answer["version"]!, (bool)answer["dup"]!, Now));
            else if ((string?)answer["code"] == "pending") BeUnsure(move);
            else history.Add(new Observation.Refused(name, move, (string)answer["code"]!, Now));
        }
        else if (question is Question.Hello && type == "error")
        {
            Line.Abort(); // Somebody else under this name, perhaps ourselves before the server noticed the cut.
        }
        else if (type == "pong")
        {
            foreach (var unknown in answer["unknown"]!.AsArray()) View((string)unknown!).Lose();
        }
    }

    private void BeUnsure(Move move)
    {
        history.Add(new Observation.Unknown(name, move, Now));
        _unsettled.Enqueue(move);
    }

    private void Show(JsonObject message, Func<GameView, JsonObject, bool> take)
    {
        var view = View((string)message["game"]!);
        var (isNew, end) = (view.Version == 0, view.End);
        if (take(view, message))
        {
            if (isNew) history.Add(new Observation.GameStarted(name, view.Id, Now));
            history.Add(new Observation.Applied(name, view.Id, view.Version, _epoch, view.Moves, Now));
        }
        if (view.End is { } over && over != end) history.Add(new Observation.GameOver(name, view.Id, over.Version, over.Winner, over.Reason, Now));
    }

    private GameView View(string id) => _views.TryGetValue(new GameId(id), out var view) ? view : _views[new GameId(id)] = new GameView(new GameId(id), name);

    private JsonObject? Clock() => style.Control is { } control
        ? new() { ["initial"] = (int)control.Initial.TotalSeconds, ["increment"] = (int)control.Increment.TotalSeconds }
        : null;

    private DateTimeOffset Now => _time.GetUtcNow();

    private bool Chance(double share) => _random.NextDouble() < share;

    private TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(_random.Next(least, most));

    /// <summary>What the client waits for an answer to.</summary>
    private abstract record Question(string Type)
    {
        public long Asked { get; init; }

        public sealed record Hello() : Question("new_connection");

        public sealed record Play(Move Move) : Question("move");

        public sealed record Other(string Type) : Question(Type);
    }
}

/// <summary>How a client plays.</summary>
/// <param name="Challenges">Whether this one of the two challenges.</param>
/// <param name="Control">The clocks it proposes, or null for none.</param>
/// <param name="Walks">How likely it is to leave for a while instead of the next thing it could do.</param>
internal sealed record PlayingStyle(bool Challenges, TimeControl? Control, bool IsSlow, double Walks = 0.001)
{
    public TimeSpan Think(Random random) => IsSlow ? TimeSpan.FromMilliseconds(random.Next(500, 1_500)) : Fast(random);

    public TimeSpan Fast(Random random) => TimeSpan.FromMilliseconds(random.Next(20, 120));
}
