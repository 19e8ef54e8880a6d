using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Simulation.Tests;

/// <summary>
/// Somebody who never gives in: comes back after every cut, to whichever node, asks again for what was not answered, and plays game after game with the same opponent, at random and not always by
/// the rules. Writes down everything. One of a pair challenges, the other accepts; one who looks on does neither.
/// </summary>
internal sealed class SimulatedClient(World world, UserName name, UserName? opponent, Style style)
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<GameId, GameView> _views = [];

    /// <summary>Moves that the client does not know the fate of; each is asked for again until it does.</summary>
    private readonly Queue<Move> _unsettled = [];

    private ClientLine? _line;
    private string? _token;
    private bool _isInvited;

    public UserName Name => name;

    /// <summary>What is shown of each game.</summary>
    public IReadOnlyDictionary<GameId, GameView> Views => _views;

    /// <summary>The last answer, for whoever wonders what it waits for.</summary>
    public Reply? LastReply { get; private set; }

    /// <summary>Moves that nobody has told the fate of.</summary>
    public IEnumerable<Move> Unsettled => _unsettled;

    /// <summary>Whether all of it is known, and no game runs.</summary>
    public bool IsQuiet => _unsettled.Count == 0 && _views.Values.All(view => !view.IsRunning && !view.IsBehind);

    private Random Random => world.Scheduler.Random;

    private TimeProvider Time => world.ClientTime;

    /// <summary>Plays for ever.</summary>
    public async Task Play()
    {
        while (true)
        {
            if (world.OpenNode() is { } node) await Stay(node);
            await Wait(0.05, 0.25);
        }
    }

    private async Task Stay(SimulatedNode node)
    {
        var line = _line = new ClientLine(world, node, Hear);
        if (await Ask(new ConnectCommand(line.Id, _token is null ? name.Text : null, _token)) is not Reply.Welcome welcome)
        {
            line.Leave(onPurpose: false); // Somebody else under this name, perhaps ourselves before the server noticed the cut.
            return;
        }

        _token = welcome.Token!.ToString();
        _isInvited = welcome.User.Invitation is { } pending && pending.To == name;
        foreach (var game in welcome.Games) Show(game);
        while (line.IsOpen)
        {
            await Wait(0.02, style.Pause);
            if (!line.IsOpen) break;
            if (!world.IsEnding && Chance(style.Walks))
            {
                var onPurpose = Chance(0.5);
                line.Leave(onPurpose);
                Doubt();
                await Wait(0, Chance(0.2) ? 15 : 1);
                return;
            }
            await Act();
        }
        Doubt();
    }

    private void Doubt()
    {
        foreach (var view in _views.Values) view.Doubt();
    }

    private async Task Act()
    {
        if (_views.Where(view => view.Value.IsBehind || view.Value.IsRunning && Chance(0.1)).Select(view => (view.Key.Value, view.Value.IsBehind ? 0 : view.Value.Version)).ToArray() is [_, ..] doubtful)
            await Ping(new PingCommand(name, [.. doubtful]));
        else if (_unsettled.TryDequeue(out var move)) await Ask(move);
        else if (opponent is null) await LookOn();
        else if (_isInvited && !world.IsEnding) _isInvited = await Ask(new AcceptCommand(name, opponent.Text)) is null;
        else if (_views.FirstOrDefault(view => view.Value.IsMyTurn) is { Value: { } view } mine) await Move(mine.Key, view);
        else if (style.Challenges && !world.IsEnding && !_views.Values.Any(view => view.IsRunning)) await Ask(new ChallengeCommand(name, opponent.Text, style.Clock));
    }

    private async Task LookOn()
    {
        if (world.Database.Games.LastOrDefault(game => game.Outcome is null && !_views.ContainsKey(game.Id)) is not { } running || world.IsEnding) return;
        if (await Ask(new WatchCommand(name, _line!.Id, running.Id.Value)) is Reply.Watching watching) Show(watching.Game);
    }

    private async Task Ping(PingCommand ping)
    {
        if (await Ask(ping) is not Reply.Pong pong) return;
        foreach (var (game, _) in ping.Games) View(new GameId(game)).IsBehind = false;
        foreach (var game in pong.Behind) Show(game);
        foreach (var game in pong.Unknown) View(game).Lose();
    }

    /// <summary>A turn as any client's, and what only this one does: falls asleep, or asks from another tab at the same time, on another node perhaps.</summary>
    private async Task Move(GameId id, GameView view)
    {
        if (Turn.AnyColumn(Random, view.Moves) is not { } column) return; // The end is on its way.

        var move = new Move(id, view.Moves.Length, column);
        if (Chance(0.02) && !world.IsEnding) await Wait(1, style.Nap);
        else if (Chance(0.1) && world.OpenNode() is { } elsewhere)
            await Task.WhenAll(Ask(move), FromAnotherTab(elsewhere, Chance(0.5) ? move : move with { Column = Turn.AnyColumn(Random, view.Moves) ?? column }));
        else if (Turn.Draw(Random, move, view.Moves) is { IsEmpty: false } asked) await Task.WhenAll(asked.Select(one => Ask(one)));
        else await Quit(id);
    }

    private async Task Quit(GameId game)
    {
        world.History.Add(new Observation.Quit(name, game, Now));
        await Ask(new QuitCommand(name, game.Value));
    }

    private async Task FromAnotherTab(SimulatedNode node, Move move)
    {
        var tab = new ClientLine(world, node, _ => { });
        var isWelcome = await Patient(tab.Ask(new ConnectCommand(tab.Id, null, _token))) is Reply.Welcome;
        if (isWelcome) await Ask(move, tab);
        tab.Leave(onPurpose: isWelcome);
    }

    private async Task Ask(Move move, ClientLine? tab = null)
    {
        world.History.Add(new Observation.Invoked(name, move, Now));
        var reply = await Ask(new MoveCommand(name, move.Game.Value, move.Ply, move.Column.Number), tab);
        switch (reply)
        {
            case Reply.Moved moved:
                world.History.Add(new Observation.Ok(name, move, moved.Version, moved.Repeated, Now));
                break;
            case null or Reply.NotStored { Why: AppendResult.Pending }:
                world.History.Add(new Observation.Unknown(name, move, Now));
                _unsettled.Enqueue(move);
                break;
            default:
                world.History.Add(new Observation.Refused(name, move, $"{reply}", Now));
                if (reply is Reply.Stale stale) Show(stale.Game);
                break;
        }
    }

    private async Task<Reply?> Ask(ICommand command, ClientLine? tab = null)
    {
        var line = tab ?? _line!;
        var reply = await Patient(line.Ask(command));
        if (reply is null) line.Leave(onPurpose: false);
        return LastReply = reply;
    }

    /// <summary>A node that has not answered by then will not.</summary>
    private async Task<Reply?> Patient(Task<Reply?> answer)
    {
        try
        {
            return await answer.WaitAsync(AnswerPatience, Time);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private void Hear(Message message)
    {
        switch (message)
        {
            case Message.InTheLobby { Happened: LobbyEvent.Challenged { Invitation: var invitation } }:
                _isInvited = invitation.To == name;
                break;
            case Message.InTheLobby { Happened: LobbyEvent.InvitationEnded ended }:
                _isInvited = false;
                if (ended.Game is { } game && View(game) is { Version: 0 } begun) begun.IsBehind = true;
                break;
            case Message.InTheLobby { Happened: LobbyEvent.Reseated { Game: var seated } } when View(seated) is { Version: 0 } unknown:
                unknown.IsBehind = true;
                break;
            case Message.InAGame { Game: var after, Events: var events }:
                for (var i = 0; i < events.Length; i++) Show(after, after.Version - events.Length + i + 1, events[i]);
                break;
        }
    }

    private void Show(Game whole)
    {
        if (View(whole.Id).Take(whole)) Note(whole.Id);
    }

    private void Show(Game game, int version, GameEvent happened)
    {
        if (View(game.Id).Take(game, version, happened)) Note(game.Id);
    }

    private void Note(GameId id)
    {
        var view = _views[id];
        world.History.Add(new Observation.Applied(name, id, view.Version, "simulation", view.Moves, Now));
        if (view.Outcome is { } outcome) world.History.Add(new Observation.GameOver(name, id, view.Version, outcome.Winner, HistoryChecker.Reason(outcome), Now));
    }

    private GameView View(GameId id) => _views.TryGetValue(id, out var view) ? view : _views[id] = new GameView(name);

    private DateTimeOffset Now => Time.GetUtcNow();

    private bool Chance(double share) => world.Scheduler.Chance(share);

    /// <param name="least">In seconds.</param>
    private Task Wait(double least, double most) => Task.Delay(TimeSpan.FromSeconds(least + Random.NextDouble() * (most - least)), Time);
}

/// <summary>How a client plays.</summary>
/// <param name="Challenges">Whether this one of the two challenges.</param>
/// <param name="Clock">The clocks it proposes, in seconds, or null for none.</param>
/// <param name="Pause">How long it takes for the next thing at most, in seconds.</param>
/// <param name="Nap">How long it falls asleep at most, in seconds.</param>
/// <param name="Walks">How likely it is to leave for a while instead of the next thing it could do.</param>
internal sealed record Style(bool Challenges, (int Initial, int Increment)? Clock, double Pause, double Nap, double Walks);
