using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.UseCases;
using ConnectFour.Simulation.Tests.Clockwork;

namespace ConnectFour.Simulation.Tests;

/// <summary>What a node tells a client unasked.</summary>
internal abstract record Message
{
    private Message() { }

    public sealed record InTheLobby(LobbyEvent Happened) : Message;

    /// <param name="Game">The game after the events.</param>
    public sealed record InAGame(Game Game, ImmutableArray<GameEvent> Events) : Message;
}

/// <summary>A client's connection to a node: in order, either way, until it is cut. The node answers one question after the other. What the client sees of its beginning and end is written down.</summary>
internal sealed class ClientLine
{
    private readonly World _world;
    private readonly SimulatedNode _node;
    private readonly Action<Message> _hear;
    private readonly Queue<(ICommand Command, TaskCompletionSource<Reply?> Answer)> _questions = [];
    private readonly List<TaskCompletionSource<Reply?>> _unanswered = [];
    private readonly Weather _weather;
    private long _there;
    private long _back;
    private bool _isServing;
    private UserName? _user;

    /// <summary>As whom the client was welcomed.</summary>
    private UserName? _guest;

    /// <summary>Whether the client has let go, and on purpose.</summary>
    private bool? _isLeft;

    public ClientLine(World world, SimulatedNode node, Action<Message> hear)
    {
        (_world, _node, _hear, _weather) = (world, node, hear, new(world.Faults));
        Id = node.Open(this);
    }

    public ConnectionId Id { get; }

    /// <summary>Whether the client may still say something.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <returns>Null if the line is cut before the answer: whether the command was carried out is not known.</returns>
    public Task<Reply?> Ask(ICommand command)
    {
        var answer = new TaskCompletionSource<Reply?>();
        if (!IsOpen) return Task.FromResult<Reply?>(null);

        _unanswered.Add(answer);
        ToNode(() =>
        {
            _questions.Enqueue((command, answer));
            if (!_isServing) _ = Serve();
        });
        return answer.Task;
    }

    /// <summary>The client lets go; the node notices later, the sooner if it was on purpose.</summary>
    public void Leave(bool onPurpose)
    {
        if (!IsOpen) return;
        Close(onPurpose);
        _world.Scheduler.After(onPurpose ? TimeSpan.Zero : _world.Scheduler.Between(TimeSpan.Zero, TimeSpan.FromSeconds(2)), _node.Life, () => ToNode(() => End(onPurpose)));
    }

    /// <summary>The node has gone, or the line with it.</summary>
    public void Break() => ToClient(() => Close(onPurpose: false));

    /// <summary>Tells the client something.</summary>
    public void Push(Message message) => ToClient(() =>
    {
        if (IsOpen) _hear(message);
    });

    private async Task Serve()
    {
        _isServing = true;
        while (_questions.TryDequeue(out var question))
        {
            var reply = await _node.Send(question.Command);
            if (reply is Reply.Welcome welcome) _node.Attach(_user = welcome.User.Name, this);
            ToClient(() =>
            {
                _unanswered.Remove(question.Answer);
                if (IsOpen && reply is Reply.Welcome { User.Name: var name }) BeWelcome(name);
                question.Answer.TrySetResult(IsOpen ? reply : null);
            });
        }
        _isServing = false;
        if (_isLeft is { } onPurpose) await Forget(onPurpose);
    }

    private void End(bool onPurpose)
    {
        _isLeft = onPurpose;
        _questions.Clear();
        if (!_isServing) _ = Forget(onPurpose);
    }

    private async Task Forget(bool onPurpose)
    {
        if (_user is not { } user) return;
        _user = null;
        _node.Detach(user, this);
        await _node.Send(new DisconnectCommand(user, Id, onPurpose));
    }

    private void BeWelcome(UserName name)
    {
        _guest = name;
        _world.History.Add(new Observation.Connected(name, "simulation", _world.ClientTime.GetUtcNow()));
    }

    private void Close(bool onPurpose)
    {
        if (!IsOpen) return;
        IsOpen = false;
        if (_guest is { } name) _world.History.Add(new Observation.Cut(name, onPurpose, _world.ClientTime.GetUtcNow()));
        foreach (var answer in _unanswered.ToArray()) answer.TrySetResult(null);
        _unanswered.Clear();
    }

    private void ToNode(Action act) => _world.Scheduler.At(_there = Next(_there), _node.Life, _ => act(), null);

    private void ToClient(Action act) => _world.Scheduler.At(_back = Next(_back), _world.Nature, _ => act(), null);

    private long Next(long last) => Math.Max(last + 1, _world.Scheduler.Now + _weather.Delay(_world.Scheduler).Ticks);
}
