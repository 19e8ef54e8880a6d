using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>The one way in which a game changes: read, decide, append if nobody else was faster.</summary>
public sealed class Games(IGameJournal journal, ILobby lobby, IProfiles profiles, IEvents events, ServerTime time)
{
    /// <summary>Games whose start the journal has not confirmed: their seats are kept until it is known.</summary>
    private readonly ConcurrentDictionary<GameId, Seats> _starting = [];

    /// <summary>Games of which the lobby may not know yet what became of them, because the journal had not confirmed it or the lobby was away; with the version that it knows.</summary>
    private readonly ConcurrentDictionary<GameId, int> _unsettled = [];

    /// <summary>Starts the game if two users have just taken their seats for one, and gives the seats up again if it cannot be stored.</summary>
    public async ValueTask<Reply> Start(Decision<Lobby, LobbyEvent> decision)
    {
        if (decision is not Decision<Lobby, LobbyEvent>.Accepted accepted) return Reply.From(decision);
        if (accepted.Events.OfType<LobbyEvent.SeatsTaken>().SingleOrDefault() is not { } taken) return new Reply.Done();

        var started = new GameEvent.Started(taken.Game, taken.First, taken.Second, taken.Terms, time.Now, taken.Stakes); // However long the lobby has taken: a clock begins to run.
        var seats = new Seats(started, accepted.Next.Users[taken.First.Name], accepted.Next.Users[taken.Second.Name]);
        var result = await journal.Start(seats.Started, seats.First, seats.Second);
        switch (result)
        {
            case AppendResult.Committed:
                // Who is away as the game begins went away before it had an audience.
                foreach (var user in (User[])[seats.First, seats.Second])
                    if (!user.IsHere) events.Publish(new LobbyEvent.WentAway(user));
                return new Reply.Done();
            case AppendResult.Pending:
                _starting[taken.Game] = seats;
                break;
            case AppendResult.Overloaded or AppendResult.Unavailable:
                await GiveUp(seats);
                break;
            case AppendResult.Conflict:
                throw new InvalidOperationException($"There is a game {taken.Game} already.");
        }
        return new Reply.NotStored(result);
    }

    /// <summary>Decides until the decision is stored, or cannot be.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Attempt> Decide(GameId id, Func<Game, Decision<Game, GameEvent>> transition)
    {
        var game = await journal.Recall(id);
        while (game is not null)
        {
            var decision = transition(game);
            if (decision is not Decision<Game, GameEvent>.Accepted { Events.IsEmpty: false } accepted)
            {
                if (await journal.Find(id) is not { } newest || newest.Version == game.Version) return new(decision);
                game = newest; // Nobody is refused, and nothing left undone, because of what was a moment ago.
                continue;
            }
            switch (await journal.Append(accepted.Next, accepted.Events))
            {
                case AppendResult.Committed:
                    await FollowOrLater(accepted.Next, game.Version);
                    return new(decision);
                case AppendResult.Conflict:
                    game = await journal.Find(id);
                    continue;
                case AppendResult.Pending:
                    _unsettled[id] = game.Version;
                    return new(decision, AppendResult.Pending);
                case var trouble:
                    return new(decision, trouble);
            }
        }
        return new(new Decision<Game, GameEvent>.Refused(Refusal.NotFound));
    }

    /// <summary>Looks again at what the journal had not confirmed in time.</summary>
    public async Task Settle()
    {
        // All at once: each may take as long as the journal has patience.
        await Task.WhenAll(_starting.OrderBy(starting => starting.Value.Started.At).ThenBy(starting => starting.Key.Value, StringComparer.Ordinal).Select(starting => Settle(starting.Key, starting.Value)));

        foreach (var (id, known) in _unsettled.OrderBy(unsettled => unsettled.Key.Value, StringComparer.Ordinal))
        {
            var game = await journal.Find(id);
            if (game?.Version == known) continue;
            if (game is not null) await Follow(game);
            _unsettled.TryRemove(KeyValuePair.Create(id, known));
        }
    }

    /// <summary>The same again: it is stored by now, or gets stored, or cannot be. If it was not, it begins now.</summary>
    private async Task Settle(GameId id, Seats seats)
    {
        var result = await journal.Start(seats.Started with { At = time.Now }, seats.First, seats.Second);
        if (result is AppendResult.Unavailable) await GiveUp(seats);
        if (result is AppendResult.Committed or AppendResult.Conflict or AppendResult.Unavailable) _starting.TryRemove(id, out _);
    }

    /// <summary>Gives up the seats of a game that is over, or was never stored: whoever was to see to it may be gone.</summary>
    /// <param name="seat">A seat that the user has in the lobby.</param>
    public async ValueTask Vacate(UserName of, GameSeat seat)
    {
        var game = await journal.Find(seat.Game);
        if (game is { Outcome: not null }) await Follow(game);
        if (game is not null || _starting.ContainsKey(seat.Game)) return;

        var (own, other) = (new Seat(of, default), new Seat(seat.Opponent, default));
        var (first, second) = seat.Side == Player.First ? (own, other) : (other, own);
        await lobby.Decide([of, seat.Opponent], current => current.LeaveSeats(seat.Game, first, second, null));
    }

    /// <summary>Gives the players of a running game the seats that the lobby has forgotten.</summary>
    public async ValueTask Reseat(GameId id, DateTimeOffset now)
    {
        if (await journal.Find(id) is { Outcome: null } game) await lobby.Decide([game.First.Name, game.Second.Name], current => current.Reseat(game, now));
    }

    /// <summary>What is stored is stored, whether or not the lobby can hear of it now.</summary>
    private async ValueTask FollowOrLater(Game game, int known)
    {
        try
        {
            await Follow(game);
        }
        catch (LobbyAwayException)
        {
            _unsettled[game.Id] = known;
        }
    }

    /// <summary>The lobby learns what became of a game: its players have changed sides, or leave their seats.</summary>
    private async ValueTask Follow(Game game)
    {
        if (game.IsSwapped && game.Outcome is null) await lobby.Decide([game.First.Name, game.Second.Name], current => current.ChangeSides(game));
        if (game.Outcome is { } outcome)
            await lobby.Decide([game.First.Name, game.Second.Name], current => current.LeaveSeats(game.Id, game.First, game.Second, outcome));
        if (!game.CountsForRatings) return;

        foreach (var name in (UserName[])[game.First.Name, game.Second.Name])
            if (await lobby.Find(name) is { } user && await profiles.Find(user.Credential) is { } profile)
                await lobby.Decide([name], current => current.Recall(name, profile.Tally, profile.Rating));
    }

    private async ValueTask GiveUp(Seats seats) => await lobby.Decide(
        [seats.First.Name, seats.Second.Name],
        current => current.LeaveSeats(seats.Started.Game, seats.Started.First, seats.Started.Second, null));

    private sealed record Seats(GameEvent.Started Started, User First, User Second);
}

/// <summary>A decision about a game, and whether it was stored. Anything but <see cref="AppendResult.Committed"/> means that it did not (yet) happen.</summary>
public sealed record Attempt(Decision<Game, GameEvent> Decision, AppendResult Result = AppendResult.Committed);
