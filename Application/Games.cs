using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>The one way in which a game changes: read, decide, append if nobody else was faster.</summary>
public sealed class Games(IGameJournal journal, ILobby lobby, IEvents events)
{
    /// <summary>Starts the game if two users have just taken their seats for one.</summary>
    public async ValueTask Start(Decision<Lobby, LobbyEvent> decision, DateTimeOffset now)
    {
        if (decision is not Decision<Lobby, LobbyEvent>.Accepted accepted) return;
        if (accepted.Events.OfType<LobbyEvent.SeatsTaken>().SingleOrDefault() is not { } seats) return;

        var started = new GameEvent.Started(seats.Game, seats.First, seats.Second, seats.Control, now);
        if (await journal.Append(Game.Start(started), [started]) != AppendResult.Committed)
            throw new InvalidOperationException($"There is a game {seats.Game} already.");

        // Who is away as the game begins went away before it had an audience.
        foreach (var name in (UserName[])[seats.First.Name, seats.Second.Name])
            if (accepted.Next.Users[name] is { IsHere: false } away) events.Publish(new LobbyEvent.WentAway(away));
    }

    public async ValueTask<Decision<Game, GameEvent>> Decide(GameId id, Func<Game, Decision<Game, GameEvent>> transition)
    {
        while (true)
        {
            if (await journal.Find(id) is not { } game) return new Decision<Game, GameEvent>.Refused(Refusal.NotFound);

            var decision = transition(game);
            if (decision is not Decision<Game, GameEvent>.Accepted { Events.IsEmpty: false } accepted) return decision;
            if (await journal.Append(accepted.Next, accepted.Events) == AppendResult.Conflict) continue;

            if (accepted.Next.Outcome is { } outcome) await End(accepted.Next, outcome);
            return decision;
        }
    }

    private async ValueTask End(Game game, Outcome outcome) => await lobby.Decide(
        [game.First.Name, game.Second.Name],
        current => current.LeaveSeats(game.Id, game.First, game.Second, outcome));
}
