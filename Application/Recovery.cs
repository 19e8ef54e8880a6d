using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>Takes up the running games after the server was away, and sees to it that nobody pays for that.</summary>
public sealed class Recovery(IGameJournal journal, ILobby lobby, IEvents events, ServerTime time)
{
    /// <summary>What a running clock gets on top of the outage: a player has to find back to the game.</summary>
    public static readonly TimeSpan TimeToFindBack = TimeSpan.FromSeconds(10);

    /// <summary>Who had a seat when the server came back.</summary>
    private ImmutableArray<User> _players = [];

    /// <summary>After a start: players have their seats again, and some time to come back.</summary>
    /// <exception cref="IOException">The journal cannot store that the games go on.</exception>
    public async Task Restart()
    {
        var running = await journal.Running();
        if (!running.IsLive)
        {
            await Resume(running, running.Left ?? DateTimeOffset.MinValue);
            running = await journal.Running();
        }
        foreach (var game in running.Games) events.TakeUp(game);
        foreach (var player in running.Players)
            if (await lobby.Find(player.Name) is null) _players = _players.Add(player); // Whom a shared lobby knows, other nodes have looked after.
        await Open();
    }

    /// <summary>Players can come back from now on, so that their time to do so begins now, however long the start has taken.</summary>
    public async Task Open()
    {
        foreach (var player in _players) await lobby.Decide([player.Name], current => current.Restore(player with { Since = time.Now }, time.Now));
    }

    private async Task Resume(RunningGames running, DateTimeOffset left)
    {
        // All at once. Whatever the journal did not take, or not in time, is tried again; a conflict then says that it was stored after all.
        var waiting = running.Games;
        while (!waiting.IsEmpty)
        {
            var now = time.Now;
            var results = await Task.WhenAll(waiting.Select(game => Resume(game, left, now)));
            if (results.Contains(AppendResult.Unavailable)) throw new NoRoomException();
            waiting = [.. waiting.Where((_, i) => results[i] is AppendResult.Pending or AppendResult.Overloaded)];
        }
    }

    private async Task<AppendResult> Resume(Game game, DateTimeOffset left, DateTimeOffset now) =>
        game.Resume(left, TimeToFindBack, now) is Decision<Game, GameEvent>.Accepted { Events.IsEmpty: false } accepted
            ? await journal.Append(accepted.Next, accepted.Events)
            : AppendResult.Committed;
}

/// <summary>The journal cannot store that the running games go on. When there is room it can.</summary>
public sealed class NoRoomException() : IOException("The journal cannot store that the running games go on: there is no room on the disk.");
