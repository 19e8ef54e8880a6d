using System.Diagnostics;
using System.Runtime.CompilerServices;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Infrastructure.WebSockets.Messages;
using MediatR;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>What the protocol remembers of one connection: whose it is. Turns its messages into commands and replies into answers.</summary>
internal sealed class Session(
    ConnectionId id, Func<ValueTask<Credential?>> login, Connection connection, Sessions sessions, Greeting greeting, LobbyFeed feed, RunningFeed running, WholeGames whole, IMediator mediator, ServerTime serverTime, WebSocketLimits limits, SocketMetrics metrics, TimeProvider time)
    : IReceiver
{
    /// <summary>A span for each message; one for the connection would last for hours.</summary>
    private static readonly ActivitySource Spans = new(Meters.Name);

    private readonly TokenBucket _malformed = new(time, limits.MalformedMessages, limits.MalformedMessages / 10.0);
    private readonly TokenBucket _complaints = new(time, 1, 1);
    private readonly Lock _lock = new();

    /// <summary>What happens while a question is being answered.</summary>
    private readonly List<Outgoing> _held = [];

    /// <summary>Whether it is held back: so it is at first.</summary>
    private bool _isHolding = true;

    /// <summary>Whether the user is an account by the session that the connection was opened with.</summary>
    private volatile bool _isByLogin;

    public ConnectionId Id => id;

    public Connection Connection => connection;

    /// <summary>Whose connection this is, or null before the lobby knows. Set as it does, so that it loses the connection again whatever fails before <c>welcome</c>.</summary>
    public UserName? User { get; set; }

    /// <summary>
    /// Sends what concerns the user. What happens while a question is being answered comes before an <c>ok</c>, but after an answer that shows something whole:
    /// the whole may be older than what happened since, and would undo it.
    /// </summary>
    public void Send(Outgoing message)
    {
        lock (_lock)
        {
            if (_isHolding) _held.Add(message);
            else connection.Send(message);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Ending?> Receive(ReadOnlyMemory<byte> utf8)
    {
        var reading = MessageReader.Read(utf8);
        using var span = Spans.StartActivity(reading.Message?.GetType().Name ?? "malformed", ActivityKind.Server);
        switch (reading)
        {
            case { Message: not { } }:
                return Complain(reading.Error!, reading.Id);
            case { Message: NewConnectionMessage hello }:
                return User is null ? await Connect(hello) : Complain(ErrorCodes.AlreadyConnected, reading.Id);
            case { Message: RunningMessage wish } when User is not null:
                return await Answer(Follow(wish.On), reading.Id);
            default:
                if (User is null) return Complain(ErrorCodes.NotConnected, reading.Id);
                Hold();
                var (arrived, reply) = (time.GetTimestamp(), await Ask(Commands.From(reading.Message, User, Id)));
                if (reading.Message is MoveMessage) metrics.Moved(OutcomeOf(reply), time.GetElapsedTime(arrived));
                return await Answer(reply, reading.Id);
        }
    }

    /// <summary>Ends a connection that is an account's by a session, if that session is over by now.</summary>
    public async Task EndIfLoggedOut()
    {
        if (_isByLogin && await login() is null) connection.End(Ending.LoggedOut);
    }

    public void Dropped()
    {
        metrics.Rejected("frame_rate");
        if (_complaints.TryTake()) Say(ErrorCodes.Error(ErrorCodes.RateLimited, null));
    }

    private async ValueTask<Ending?> Connect(NewConnectionMessage hello)
    {
        Hold();
        try
        {
            return await Join(hello);
        }
        catch (StoreAwayException)
        {
            return await TurnAway(new(AppendResult.Unavailable), hello.Id);
        }
    }

    /// <summary>The lobby may or may not have this connection, or will in a moment: it cannot be asked for once more on this one.</summary>
    private async ValueTask<Ending?> TurnAway(Reply.NotStored trouble, RequestId? re)
    {
        await Answer(trouble, re);
        return Ending.Unwelcomed;
    }

    private async ValueTask<Ending?> Join(NewConnectionMessage hello)
    {
        var account = hello is { Username: null, Token: null } ? await login() : null;
        var reply = await Ask(new ConnectCommand(id, hello.Username, hello.Token, account));
        if (reply is Reply.NotStored trouble) return await TurnAway(trouble, hello.Id);
        if (reply is not Reply.Welcome welcome) return await Answer(reply, hello.Id);
        sessions.Attach(id, welcome.User.Name); // Again, if the lobby has said so; with several nodes the news may still be on its way, or be lost.

        // Who logged out before this connection was known to be theirs did not close it.
        _isByLogin = account is not null;
        if (_isByLogin && await login() is null) return Ending.LoggedOut;

        var now = serverTime.Now;
        var games = new List<ServerMessage>();
        foreach (var game in welcome.Games) games.Add(await whole.Of(game));
        lock (_lock)
        {
            Say(greeting.For(welcome, hello.Id));
            feed.Join(this);
            Say(Wire.Preferences(welcome.User));
            if (welcome.User.Seek is not null) Say(Wire.Seek(welcome.User, "waiting", null, now));
            if (welcome.User.Link is { } link) Say(Wire.Link(link, "open", null, now));
            if (welcome.User.Invitation is { } invitation) Say(Wire.Pending(invitation, welcome.User.Name, now));
            foreach (var game in games) Say(game);
            Release();
        }
        return null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Reply> Ask(ICommand command)
    {
        try
        {
            return await mediator.Send(command);
        }
        catch (Exception away) when (away is LobbyAwayException or StoreAwayException)
        {
            return new Reply.NotStored(AppendResult.Unavailable);
        }
    }

    private Reply.Done Follow(bool isWanted)
    {
        if (isWanted) running.Join(this);
        else running.Leave(this);
        return new Reply.Done();
    }

    private async ValueTask<Ending?> Answer(Reply reply, RequestId? re)
    {
        if (reply is not (Reply.Watching or Reply.Pong or Reply.Stale)) Release();
        switch (reply)
        {
            case Reply.Done:
                Say(new OkMessage { Re = re });
                break;
            case Reply.Moved moved:
                Say(new OkMessage { Re = re, Game = moved.Game.Value, Version = moved.Version, Dup = moved.Repeated });
                break;
            case Reply.Found found:
                Say(new OkMessage { Re = re, Users = [.. found.Users.Select(Wire.User)] });
                break;
            case Reply.Watching watching:
                Say(new OkMessage { Re = re });
                Say(await whole.Of(watching.Game));
                break;
            case Reply.Pong pong:
                Say(new PongMessage([.. pong.Behind.Concat(pong.SetBack).Select(game => game.Id.Value)], [.. pong.Unknown.Select(game => game.Value)]) { Re = re });
                foreach (var game in pong.SetBack) Say(Wire.SetBack(game));
                foreach (var game in pong.Behind.Concat(pong.SetBack))
                {
                    metrics.Resynced("ping");
                    Say(await whole.Of(game));
                }
                break;
            case Reply.Stale stale:
                metrics.Resynced("stale");
                Say(ErrorCodes.Error(ErrorCodes.Of(Refusal.Stale), re));
                Say(await whole.Of(stale.Game));
                break;
            case Reply.Refused refused:
                Say(ErrorCodes.Error(ErrorCodes.Of(refused.Why), re));
                break;
            case Reply.NotStored trouble:
                Say(ErrorCodes.Error(ErrorCodes.Of(trouble.Why), re));
                break;
            case Reply.Malformed malformed:
                return Complain(ErrorCodes.Of(malformed.What), re);
            default:
                throw new UnreachableException();
        }
        Release();
        return null;
    }

    private void Hold()
    {
        lock (_lock) _isHolding = true;
    }

    private void Release()
    {
        lock (_lock)
        {
            foreach (var message in _held) connection.Send(message);
            _held.Clear();
            _isHolding = false;
        }
    }

    /// <summary>Answers a malformed message; a client that sends nothing else is ended.</summary>
    private Ending? Complain(string code, RequestId? re)
    {
        Say(ErrorCodes.Error(code, re));
        return _malformed.TryTake() ? null : Ending.Malformed;
    }

    private void Say(ServerMessage message) => connection.Send(WireJson.Bytes(message));

    private static string OutcomeOf(Reply reply) => reply switch
    {
        Reply.Moved { Repeated: false } => "ok",
        Reply.Moved => "dup",
        Reply.Stale => ErrorCodes.Of(Refusal.Stale),
        Reply.Refused refused => ErrorCodes.Of(refused.Why),
        Reply.NotStored trouble => ErrorCodes.Of(trouble.Why),
        Reply.Malformed malformed => ErrorCodes.Of(malformed.What),
        _ => throw new UnreachableException(),
    };
}
