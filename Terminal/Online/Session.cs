namespace ConnectFour.Terminal.Online;

/// <summary>How it stands with the line to the server. One of the cases nested here, and no other.</summary>
internal abstract record LineState
{
    private LineState() { }

    public sealed record Connecting : LineState;

    public sealed record Open : LineState;

    /// <summary>It will be tried again.</summary>
    public sealed record Lost(string Why) : LineState;

    /// <summary>It will not.</summary>
    public sealed record Ended(string Why) : LineState;
}

/// <summary>All that this client knows, and what follows from what it is told. Immutable.</summary>
internal sealed record Session(string Name)
{
    public LineState Line { get; init; } = new LineState.Connecting();

    /// <summary>What makes a later connection the same guest.</summary>
    public string? Token { get; init; }

    /// <summary>Another one after every start of the server.</summary>
    public string? Epoch { get; init; }

    public long UsersVersion { get; init; }

    /// <summary>How many are here; the list may have fewer.</summary>
    public int Online { get; init; }

    public ImmutableSortedDictionary<string, WireUser> Users { get; init; } = ImmutableSortedDictionary.Create<string, WireUser>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The one that waits for an answer, sent or received.</summary>
    public ServerMessage.Invitation? Pending { get; init; }

    public ImmutableDictionary<string, OnlineGame> Games { get; init; } = ImmutableDictionary<string, OnlineGame>.Empty;

    /// <summary>The game that is looked at, or null for the lobby.</summary>
    public string? Shown { get; init; }

    /// <summary>Questions without an answer yet, and what was asked.</summary>
    public ImmutableDictionary<long, ClientMessage> Asked { get; init; } = ImmutableDictionary<long, ClientMessage>.Empty;

    public long LastId { get; init; }

    /// <summary>What there is to say, once.</summary>
    public string Notice { get; init; } = "";

    public OnlineGame? Game => Shown is null ? null : Games.GetValueOrDefault(Shown);

    public bool IsMyTurn => Game is { IsOver: false, ToMove: { } side, Sent: null } game && game.SideOf(Name) == side;

    /// <summary>The first thing to say on a new line.</summary>
    public (Session, ClientMessage) Greet() => (this with { Asked = Asked.Clear() }).Ask(Token is null ? new ClientMessage.NewConnection(Name, null) : new ClientMessage.NewConnection(null, Token));

    /// <summary>A question with the next number.</summary>
    public (Session, ClientMessage) Ask(ClientMessage question)
    {
        question = question with { Id = LastId + 1 };
        var session = this with { LastId = question.Id, Asked = Asked.Add(question.Id, question) };
        return question is ClientMessage.Move move && Games.TryGetValue(move.Game, out var game)
            ? (session with { Games = Games.SetItem(move.Game, game with { Sent = Column.From(move.Column) }) }, question)
            : (session, question);
    }

    /// <summary>Which versions we have, so that the server can send what was lost.</summary>
    public ClientMessage Ping() => new ClientMessage.Ping([.. Games.Values.Where(game => !game.IsOver).Select(game => new WireVersion(game.Id, game.Version))]);

    /// <param name="now">A reading of our own clock.</param>
    /// <returns>What we know now, and what is to be asked because of it.</returns>
    public (Session Next, ClientMessage? Question) Hear(ServerMessage message, TimeSpan now)
    {
        var question = message.Re is { } re ? Asked.GetValueOrDefault(re) : null;
        var known = message.Re is { } answered ? this with { Asked = Asked.Remove(answered) } : this;
        return message switch
        {
            ServerMessage.Welcome welcome => (known.Welcomed(welcome), null),
            ServerMessage.UserList list => (known with { UsersVersion = list.Version, Online = list.Online, Users = Users.Clear().SetItems(list.Users.Select(user => KeyValuePair.Create(user.Name, user))) }, null),
            ServerMessage.UserChanges changes => (known.Changed(changes), null),
            ServerMessage.Invitation invitation => (known.Invited(invitation), null),
            ServerMessage.WholeGame whole => known.Told(whole, now),
            ServerMessage.Moved moved => known.Told(moved, now),
            ServerMessage.GameOver over => known.Told(over, now),
            ServerMessage.SetBack setBack => known.Told(setBack),
            ServerMessage.Presence presence => (known.Told(presence), null),
            ServerMessage.Error error => known.Refused(error, question),
            _ => (known, null),
        };
    }

    private Session Welcomed(ServerMessage.Welcome welcome) => this with
    {
        Line = new LineState.Open(),
        Token = welcome.Token,
        Epoch = welcome.Epoch,
        Pending = null, // If it still waits, it is told anew.
        Notice = Epoch is null ? "" : welcome.Epoch == Epoch ? "The connection is back." : "The server has been restarted; games go on.",
    };

    private Session Changed(ServerMessage.UserChanges changes)
    {
        if (changes.From != UsersVersion) return this; // The whole list follows.

        return this with
        {
            UsersVersion = changes.Version,
            Online = changes.Online,
            Users = Users.RemoveRange(changes.Removed).SetItems(changes.Changed.Select(user => KeyValuePair.Create(user.Name, user))),
        };
    }

    private Session Invited(ServerMessage.Invitation invitation)
    {
        var isMine = string.Equals(invitation.From, Name, StringComparison.OrdinalIgnoreCase);
        var other = isMine ? invitation.To : invitation.From;
        var known = this with { Pending = invitation.Status is "sent" or "received" ? invitation : null };
        return invitation.Status switch
        {
            "sent" => known with { Notice = $"{other} has been asked for a game." },
            "received" => known with { Notice = $"{other} would like to play: a accepts, d declines." },
            "accepted" => known with { Shown = invitation.Game ?? Shown, Notice = "" },
            "declined" => known with { Notice = isMine ? $"{other} does not want to play now." : "" },
            "withdrawn" => known with { Notice = isMine ? "" : $"{other} does not ask any more." },
            "expired" => known with { Notice = $"The invitation has expired." },
            "gone" => known with { Notice = $"{other} has left." },
            _ => known,
        };
    }

    private (Session, ClientMessage?) Told(ServerMessage.WholeGame whole, TimeSpan now)
    {
        var before = Games.GetValueOrDefault(whole.Id);
        if (before is not null && whole.Version < before.Version || OnlineGame.From(whole, now) is not { } game) return (this, null);

        // What we sent and do not know the fate of is sent again; the server takes a move once, however often it comes.
        var sent = before is { Sent: { } column } && before.Moves == game.Moves && !game.IsOver ? before.Sent : null;
        var known = this with { Games = Games.SetItem(game.Id, game), Shown = game.IsOver ? Shown : Shown ?? game.Id };
        return (known, sent is { } again ? new ClientMessage.Move(game.Id, game.Moves.Plies, again.Number) : null);
    }

    private (Session, ClientMessage?) Told(ServerMessage.Moved moved, TimeSpan now)
    {
        if (!Games.TryGetValue(moved.Game, out var game) || moved.Version <= game.Version) return (this, null);

        return game.After(moved, now) is { } next ? (this with { Games = Games.SetItem(game.Id, next), Notice = "" }, null) : (this, Ping());
    }

    private (Session, ClientMessage?) Told(ServerMessage.GameOver over, TimeSpan now)
    {
        if (!Games.TryGetValue(over.Game, out var game) || over.Version <= game.Version) return (this, null);

        return over.Version == game.Version + 1 ? (this with { Games = Games.SetItem(game.Id, game.After(over, now)), Notice = "" }, null) : (this, Ping());
    }

    /// <summary>The server has lost what came last: what we have is worth nothing, and the whole is asked for.</summary>
    private (Session, ClientMessage?) Told(ServerMessage.SetBack setBack)
    {
        if (!Games.TryGetValue(setBack.Game, out var game)) return (this, null);

        var known = this with { Games = Games.SetItem(game.Id, game with { Version = 0, Sent = null }), Notice = $"The server has lost what came last: the game goes on after move {setBack.Ply}." };
        return (known, known.Ping());
    }

    private Session Told(ServerMessage.Presence presence)
    {
        if (!Games.TryGetValue(presence.Game, out var game) || presence.Player is not (0 or 1)) return this;

        var player = game.Players[presence.Player] with { Connected = presence.Connected };
        return this with
        {
            Games = Games.SetItem(game.Id, game with { Players = game.Players.SetItem(presence.Player, player) }),
            Notice = presence switch
            {
                { Connected: true } => $"{player.Name} is back.",
                { ClaimableIn: > 0 and var left } => $"{player.Name} is away and keeps the seat for {left / 1000} s.",
                _ => $"{player.Name} is away: claim takes the win.",
            },
        };
    }

    private (Session, ClientMessage?) Refused(ServerMessage.Error error, ClientMessage? question)
    {
        switch (question)
        {
            case ClientMessage.NewConnection { Token: not null }:
                // What the token stood for is no more: come as somebody new of the same name.
                return (this with { Token = null }, new ClientMessage.NewConnection(Name, null));
            case ClientMessage.NewConnection:
                return (this with { Line = new LineState.Ended(error.Message) }, null);
            case ClientMessage.Move move when error.Code == "pending":
                return (this, move);
            case ClientMessage.Move move when Games.TryGetValue(move.Game, out var game):
                return (this with { Games = Games.SetItem(game.Id, game with { Sent = null }), Notice = error.Message }, null);
            default:
                return (this with { Notice = error.Message }, null);
        }
    }
}
