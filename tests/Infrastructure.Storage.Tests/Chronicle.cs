using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>How a game in a chronicle ends, unless the board ends it.</summary>
internal enum Ending
{
    None,
    Forfeit,
    Flag,
    Absence,
}

/// <summary>A game as games happen: between two of a few people, with or without clocks, some from an opening, with outages in between. Everything in it was committed.</summary>
internal sealed class Chronicle
{
    private static readonly TimeControl?[] Controls = [null, TimeControl.From(60, 2), TimeControl.From(10_800, 180)];

    private readonly IGameJournal _journal;
    private readonly Random _random;
    private DateTimeOffset _now = OpenJournal.Start;

    private Chronicle(IGameJournal journal, int seed) => (_journal, _random) = (journal, new Random(seed));

    public static ImmutableArray<User> People { get; } = [.. Enumerable.Range(0, 5).Select(Person)];

    public static User Person(int number) => new(UserName.From($"User{number}"), UserKind.Guest, new Credential($"secret of {number}"), OpenJournal.Start);

    /// <summary>Plays these moves, and then ends the game in this way. Who plays, and when, is up to the seed.</summary>
    public static async Task<Game> Play(IGameJournal journal, int seed, string moves, Ending ending = Ending.None)
    {
        var (chronicle, play) = (new Chronicle(journal, seed), Notation.From(moves));
        var game = await chronicle.Start($"{seed}-{ending}-{moves}", play, ending);
        foreach (var column in play.Columns.Skip(game.Opening.Plies)) game = await chronicle.Drop(game, column);
        return game.Outcome is null ? await chronicle.End(game, ending) : game;
    }

    /// <summary>Plays all of these at once, each with each ending.</summary>
    public static async Task<IReadOnlyList<Game>> Play(IGameJournal journal, int seed, params IEnumerable<Notation> plays) => await Task.WhenAll(
        from play in plays.Index()
        from ending in Enum.GetValues<Ending>()
        select Play(journal, seed + (31 * play.Index), play.Item.ToString(), ending));

    /// <summary>What these games amount to for somebody.</summary>
    public static Tally RecordOf(UserName name, IEnumerable<Game> games) => games
        .Where(game => game.Outcome is not null && game.SideOf(name) is not null)
        .Aggregate(default(Tally), (tally, game) => tally.With(game.Outcome!, game.SideOf(name)!.Value));

    private async Task<Game> Start(string id, Notation moves, Ending ending)
    {
        var players = People.ToArray();
        _random.Shuffle(players);
        var control = ending == Ending.Flag ? Controls[1] : Controls[_random.Next(Controls.Length)];
        var balance = (Balance)_random.Next(4);
        var started = new GameEvent.Started(new GameId(id), new Seat(players[0].Name, DiscColour.Green), new Seat(players[1].Name, DiscColour.Red),
            new Terms(control, balance) { Opening = WholeGames.OpeningOf(moves, balance) }, _now, (Stakes)_random.Next(2));
        Assert.Equal(AppendResult.Committed, await _journal.Start(started, players[0], players[1]));
        return Game.Start(started);
    }

    private async Task<Game> Drop(Game game, Column column)
    {
        _now = _now.AddMilliseconds(_random.Next(1_500));
        if (game.Moves.Plies == 1 && game.Terms.Balance == Balance.Swap && _random.Next(2) == 0) game = await Append(game, game.Swap(game.Second.Name, _now));
        if (_random.Next(8) == 0) game = await Append(game, game.Resume(_now.AddMilliseconds(-_random.Next(1_000)), Recovery.TimeToFindBack, _now));
        return await Append(game, game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, column, _now));
    }

    private async Task<Game> End(Game game, Ending ending)
    {
        var loser = game[(Player)_random.Next(2)].Name;
        return ending switch
        {
            Ending.None => game,
            Ending.Forfeit => await Append(game, game.Quit(loser, _now)),
            Ending.Absence => await Append(game, game.Abandon(loser, _now)),
            Ending.Flag => await Append(game, game.FallFlag(game.Clock!.FallsAt!.Value)),
        };
    }

    private async Task<Game> Append(Game game, Decision<Game, GameEvent> decision)
    {
        var accepted = Assert.IsType<Decision<Game, GameEvent>.Accepted>(decision);
        if (accepted.Events.IsEmpty) return game; // An outage gives nothing to a game without clocks.

        Assert.Equal(AppendResult.Committed, await _journal.Append(accepted.Next, accepted.Events));
        return accepted.Next;
    }
}
