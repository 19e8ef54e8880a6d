using System.Collections.Immutable;
using ConnectFour.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace ConnectFour.TestKit;

/// <summary>A game from its start to some end, or still running, as its events.</summary>
public sealed record WholeGame(ImmutableArray<GameEvent> Events)
{
    public override string ToString() => GameRecord.From(Events).ToString();
}

/// <summary>Generators of whole games: with clocks and without, of every end, some with an outage in between, some with the first disc taken over, some from an opening. A game of random columns, so see <see cref="LegalPlay"/> about draws.</summary>
public static class WholeGames
{
    public static Arbitrary<WholeGame> Any() => Arb.From(
        from moves in Gen.Frequency(
            (4, LegalPlay.Moves().Generator), (2, LegalPlay.Finished().Generator.Select(play => play.Moves)), (1, LegalPlay.Drawn().Generator.Select(play => play.Moves)))
        from thinking in Gen.Choose(0, 4_000).ArrayOf(Board.Cells + 2)
        from clocked in Gen.Elements(true, false)
        from end in Gen.Choose(0, 5)
        from outage in Gen.Choose(0, 60)
        from balance in Gen.Elements(Enum.GetValues<Balance>())
        from stakes in Gen.Elements(Stakes.Casual, Stakes.Rated)
        select new WholeGame(Play(moves, thinking, clocked, end, outage, balance, clocked ? stakes : Stakes.Casual)));

    private static ImmutableArray<GameEvent> Play(Notation moves, int[] thinking, bool clocked, int end, int outage, Balance balance, Stakes stakes)
    {
        var now = Instants.Start;
        var started = new GameEvent.Started(
            new GameId($"g{moves.Plies}{end}{outage}"), new(UserName.From("Ann"), DiscColour.Red), new(UserName.From("Bob"), DiscColour.Yellow),
            new Terms(clocked ? TimeControl.From(180, 2) : null, balance) { Opening = OpeningOf(moves, balance) }, now, stakes);
        var (game, events) = (Game.Start(started), ImmutableArray.CreateBuilder<GameEvent>());
        events.Add(started);
        foreach (var column in moves.Columns.Skip(game.Opening.Plies))
        {
            if (game.Moves.Plies == outage) Take(game.Resume(now, TimeSpan.FromSeconds(10), now += TimeSpan.FromMinutes(5)));
            now += TimeSpan.FromMilliseconds(thinking[game.Moves.Plies]);
            if (game.CanSwap) Take(game.Swap(game.Second.Name, now));
            Take(game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, column, now));
        }
        if (game.Outcome is not null) return events.ToImmutable();

        switch (end)
        {
            case 1: Take(game.Quit(game.First.Name, now)); break;
            case 2: Take(game.Abandon(game.Second.Name, now)); break;
            case 3 when clocked: Take(game.FallFlag(now + TimeSpan.FromHours(1))); break;
        }
        return events.ToImmutable();

        void Take(Decision<Game, GameEvent> decision)
        {
            var accepted = (Decision<Game, GameEvent>.Accepted)decision;
            game = accepted.Next;
            events.AddRange(accepted.Events);
        }
    }

    /// <summary>The first of these moves as what lay there, if there are enough of them and the terms have an opening.</summary>
    public static Notation OpeningOf(Notation moves, Balance balance) => balance is Balance.Pair or Balance.Return && moves.Plies > BalancedOpenings.Plies ? moves.Take(BalancedOpenings.Plies) : default;
}
