using System.Collections.Immutable;
using ConnectFour.Infrastructure.Redis;
using ConnectFour.Infrastructure.Redis.Wire;

namespace ConnectFour.Simulation.Tests;

/// <summary>Looks at what no client sees: what each node hears, and whether all agree when nothing happens any more.</summary>
internal sealed class Audit(World world)
{
    /// <summary>So long, at most, a line that stays silent holds up what begins somebody's turn.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(4.5);

    private readonly List<string> _problems = [];

    /// <summary>Users as they were stored last, since the lobby was put back last.</summary>
    private readonly Dictionary<UserName, User> _stored = [];

    public IReadOnlyList<string> Problems => _problems;

    public void Note(string problem) => _problems.Add(problem);

    /// <summary>A node hears something of a game: the next version, and what the journal has.</summary>
    /// <param name="known">How far the node has heard of each game.</param>
    public void Heard(Game game, ImmutableArray<GameEvent> events, Dictionary<GameId, int> known)
    {
        var before = game.Version - events.Length;
        if (known.TryGetValue(game.Id, out var last) && last != before) Note($"A node heard versions {before + 1} to {game.Version} of game {game.Id} after version {last}.");
        known[game.Id] = game.Version;
        var stored = world.Database.Read(game.Id);
        if (stored.Length < game.Version || !events.Index().All(happened => IsSame(happened.Item, stored[before + happened.Index])))
            Note($"A node heard {string.Join<GameEvent>(", ", events)} as versions {before + 1} to {game.Version} of game {game.Id}, and the journal has {string.Join<GameEvent>(", ", stored)}.");
    }

    /// <summary>A decision about the lobby was stored: an invitation that it ends was still there, whichever nodes decided at the same time.</summary>
    public void Stored(string channel, string text)
    {
        if (channel != Keys.LobbyChannel.ToString()) return;
        if (LobbyStep.Parse(text) is not { Json: not "" and var json })
        {
            _stored.Clear();
            return;
        }
        var message = MessageCodec.Decode(json);
        foreach (var (invitation, how, _) in message.Events.OfType<LobbyEvent.InvitationEnded>())
            if (_stored.TryGetValue(invitation.From, out var challenger) && challenger.Invitation != invitation) Note($"{invitation} ended ({how}) when it was over.");
        foreach (var user in message.Users) _stored[user.Name] = user;
        foreach (var name in message.Gone) _stored.Remove(name);
    }

    /// <summary>A server is there again after none was: each clock that ran when the first of them came back has its time back.</summary>
    /// <param name="left">Since when none was, by the database's clock.</param>
    public void Recovered(DateTimeOffset left, IEnumerable<Game> games)
    {
        foreach (var game in games)
            if (!world.Database.Read(game.Id).OfType<GameEvent.Resumed>().Any(resumed => resumed.At > left)) Note($"The clock of game {game.Id} was not given back the time since {left:HH:mm:ss.fff}.");
    }

    /// <summary>Somebody loses on time: they have had it, but for what a line may have held up the beginning of their turn.</summary>
    /// <param name="had">By a clock that is never set.</param>
    public void FlagFell(Game game, TimeSpan had, TimeSpan left)
    {
        if (had + Held < left && !world.IsTimeSet) Note($"The flag of game {game.Id} fell at version {game.Version} after {had.TotalSeconds:0.0} s of {left.TotalSeconds:0.0} s.");
    }

    /// <summary>What is not yet as it has to be when nothing happens any more.</summary>
    public IEnumerable<string> Unrest()
    {
        foreach (var game in world.Database.Games.Where(game => game.Outcome is null)) yield return Running(game);
        foreach (var client in world.Clients) foreach (var problem in OfViews(client)) yield return problem;

        var stored = Users(world.Redis.Model.All(Keys.Users.ToString()).Where(entry => !entry.Name.StartsWith("#")).Select(entry => entry.Value.ToString()));
        foreach (var node in world.OpenNodes)
        {
            var replica = node.Get<LobbyStream>().Replica;
            var known = Users(replica.Lobby.Users.Values.Select(user => StoredUser.Value(user, replica.Versions[user.Name])));
            if (known != stored) yield return $"A node takes the lobby for\n{known}, and it is\n{stored}.";
            foreach (var user in replica.Lobby.Users.Values)
                foreach (var seat in user.Games)
                    if (world.Database.Find(seat.Game) is not { Outcome: null }) yield return $"{user.Name} has a seat in game {seat.Game}, which is {(world.Database.Find(seat.Game) is null ? "not stored" : "over")}.";
        }
    }

    /// <summary>That it still runs, who has a seat in it as each node knows it, and what both players show.</summary>
    private string Running(Game game)
    {
        var seats = world.OpenNodes.Select(node => string.Join(" and ", node.Get<LobbyStream>().Replica.Lobby.Users.Values.Where(user => user.Games.Any(seat => seat.Game == game.Id)).Select(user => user.Name)));
        var views = world.Clients.Where(client => client.Views.ContainsKey(game.Id)).Select(client => (client.Name, View: client.Views[game.Id])).Select(client => $"{client.Name} {client.View.Version}{(client.View.IsGone ? ", gone" : "")}{(client.View.IsBehind ? ", or later" : "")}");
        return $"Game {game.Id} still runs, at version {game.Version}. Seats: {string.Join("; ", seats)}. Shown: {string.Join("; ", views)}.";
    }

    private IEnumerable<string> OfViews(SimulatedClient client)
    {
        if (!client.IsQuiet) yield return $"{client.Name} still waits for {string.Join(", ", [.. client.Unsettled.Select(move => $"{move}"), .. client.Views.Where(view => view.Value.IsRunning || view.Value.IsBehind).Select(view => $"game {view.Key}, at version {view.Value.Version}{(view.Value.IsBehind ? " or later" : "")}")])}; the last answer was {client.LastReply}.";
        foreach (var (id, view) in client.Views)
            if (!view.IsGone && world.Database.Find(id) is var game && (game?.Version ?? 0) != view.Version) yield return $"{client.Name} shows game {id} at version {view.Version}, and it is at {game?.Version}.";
    }

    private static string Users(IEnumerable<string> values) => string.Join('\n', values.Order(StringComparer.Ordinal));

    /// <summary>Which cells made the line is not part of it: every node finds them out by itself.</summary>
    private static bool IsSame(GameEvent one, GameEvent other) => (one, other) is (GameEvent.Ended { Outcome: Outcome.FourInLine four }, GameEvent.Ended { Outcome: Outcome.FourInLine same })
        ? (four.By, one.At) == (same.By, other.At)
        : one == other;
}
