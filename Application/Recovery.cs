using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>Takes up the running games after the server was away, and sees to it that nobody pays for that.</summary>
public sealed class Recovery(IGameJournal journal, ILobby lobby, ServerTime time)
{
    /// <summary>What a running clock gets on top of the outage: a player has to find back to the game.</summary>
    public static readonly TimeSpan TimeToFindBack = TimeSpan.FromSeconds(10);

    /// <summary>After a start: players have their seats again, and some time to come back.</summary>
    /// <exception cref="IOException">The journal cannot store that the games go on.</exception>
    public async Task Restart()
    {
        var running = await journal.Running();
        await Resume(running, running.Left ?? DateTimeOffset.MinValue);
        foreach (var player in running.Players) await lobby.Decide([player.Name], current => current.Restore(player with { Since = time.Now }, time.Now));
    }

    /// <summary>After a time in which nothing could be stored: no clock ran.</summary>
    /// <param name="left">Since when that was so.</param>
    public async Task Resume(DateTimeOffset left) => await Resume(await journal.Running(), left);

    private async Task Resume(RunningGames running, DateTimeOffset left) => await Task.WhenAll(running.Games.Select(async game =>
    {
        if (game.Resume(left, TimeToFindBack, time.Now) is not Decision<Game, GameEvent>.Accepted { Events.IsEmpty: false } accepted) return;

        // A conflict is somebody's move: they have come through already, and the clock has been pressed.
        if (await journal.Append(accepted.Next, accepted.Events) is not (AppendResult.Committed or AppendResult.Conflict))
            throw new IOException($"The journal cannot store that the running games go on: {game.Id} and maybe more.");
    }));
}
