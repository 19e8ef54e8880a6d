using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>Nobody is absent because nobody could come back: after a time in which that was so, whoever is away from a game gets time to, before any absence is counted on this server.</summary>
public sealed class Excuses(ILobby lobby, ServerTime time)
{
    /// <summary>Absences that are excused at once.</summary>
    private const int AtOnce = 16;

    private int _excused;

    /// <summary>Gives the time, if any is owed.</summary>
    /// <exception cref="LobbyAwayException">The lobby is out of reach; so is whoever is away in it.</exception>
    public async ValueTask Settle()
    {
        if (time.Standstills is var standstills && standstills == Volatile.Read(ref _excused)) return;

        foreach (var some in (await lobby.Due(DateTimeOffset.MaxValue)).Absences.Chunk(AtOnce))
            await Task.WhenAll(some.Select(name => lobby.Decide([name], current => current.Excuse(name, current.Rules.GraceAfterRestart, time.AtLatest)).AsTask()));
        Volatile.Write(ref _excused, standstills);
    }
}
