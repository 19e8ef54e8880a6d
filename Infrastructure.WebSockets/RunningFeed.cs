using System.Collections.Immutable;
using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>Some of the running games, to look at in the lobby. A game that is shown stays until it ends, so that nobody's eyes are torn from it.</summary>
internal sealed class RunningFeed(LiveGames live, WebSocketLimits limits)
{
    private static readonly RunningGamesMessage Nothing = new(0, 0, []);

    private readonly Feed _feed = new(Nothing);
    private RunningGamesMessage _list = Nothing;
    private ImmutableArray<GameId> _shown = [];

    public void Join(Session session) => _feed.Join(session);

    public void Leave(Session session) => _feed.Leave(session);

    /// <summary>Sends what changed since the last tick.</summary>
    public Task Tick()
    {
        var games = Shown();
        var next = new RunningGamesMessage(_list.Version + 1, live.Count, [.. games.Select(Wire.Running)]);
        var changes = Changes(_list, next);
        if (changes is not { Changed: [], Removed: [] } || next.Running != _list.Running)
        {
            _list = next;
            _feed.Show(next, next.Version, changes);
        }
        _feed.CatchUp();
        return Task.CompletedTask;
    }

    private ImmutableArray<Game> Shown()
    {
        ImmutableArray<Game> still = [.. _shown.Select(live.Find).OfType<Game>()];
        ImmutableArray<Game> games = [.. live.Newest(limits.ShownGames - still.Length, still.Select(game => game.Id).ToHashSet()), .. still];
        _shown = [.. games.Select(game => game.Id)];
        return games;
    }

    private static RunningChangesMessage Changes(RunningGamesMessage before, RunningGamesMessage after)
    {
        var known = before.Games.ToDictionary(game => game.Game);
        ImmutableArray<WireRunning> changed = [.. after.Games.Where(game => !known.Remove(game.Game, out var old) || old != game)];
        return new(before.Version, after.Version, after.Running, changed, [.. known.Keys]);
    }
}
