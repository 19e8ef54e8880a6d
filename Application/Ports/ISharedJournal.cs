using System.Collections.Immutable;

namespace ConnectFour.Application.Ports;

/// <summary>
/// A journal that other servers write to as well. It may remember a game when another server has brought it further; an append finds that out. Who hears of other servers' moves, from a bus, tells it here,
/// and <see cref="IGameJournal.Recall"/> then gives the game at that version or a newer one.
/// </summary>
public interface ISharedJournal
{
    /// <summary>The game is at this version, at least: what is remembered of an older one is read again by whoever asks next.</summary>
    void Learn(GameId id, int version);

    /// <summary>The game is so, or was a moment ago: whoever has committed it says so. What is remembered of an older version is this from now on.</summary>
    void Learn(Game game);

    /// <summary>At which versions these games are stored now, for whoever has reason to think that they have missed something; unknown games are left out.</summary>
    ValueTask<ImmutableArray<(GameId Game, int Version)>> Versions(ImmutableArray<GameId> games);

    /// <summary>Which of these servers have said in the journal's place, within the last seconds, that they are there. Their people play, whatever else they are cut off from.</summary>
    /// <exception cref="StoreAwayException">It cannot be asked.</exception>
    ValueTask<ImmutableArray<Node>> Beating(ImmutableArray<Node> nodes);
}
