using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>Games between two people, by the time of the journal that they are played on.</summary>
internal static class Play
{
    public static User Person(string name, UserKind kind = UserKind.Guest) => new(UserName.From(name), kind, new Credential($"secret of {name}"), OpenJournal.Start);

    extension(OpenPostgresJournal open)
    {
        public async Task<Game> Start(string id, TimeControl? control = null, Stakes stakes = Stakes.Casual, string first = "Ann", string second = "Bob")
        {
            var started = open.Starting(id, control, stakes, first, second);
            Assert.Equal(AppendResult.Committed, await open.Journal.Start(started, Person(first), Person(second)));
            return Game.Start(started);
        }

        public GameEvent.Started Starting(string id, TimeControl? control = null, Stakes stakes = Stakes.Casual, string first = "Ann", string second = "Bob") => new(
            new GameId(id), new Seat(UserName.From(first), DiscColour.Red), new Seat(UserName.From(second), DiscColour.Yellow), new Terms(control, Balance.None), open.ServerTime.Now, stakes);

        /// <summary>Proposes a disc, on top of the game as somebody saw it.</summary>
        public async Task<AppendResult> Drop(Game game, int column)
        {
            var drop = open.Decide(game, column);
            return await open.Journal.Append(drop.Next, drop.Events);
        }

        public Decision<Game, GameEvent>.Accepted Decide(Game game, int column) =>
            Assert.IsType<Decision<Game, GameEvent>.Accepted>(game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(column), open.ServerTime.Now));

        public async Task<Game> Find(string id) => await open.Journal.Find(new GameId(id)) ?? throw new InvalidOperationException($"There is no game {id}.");
    }
}
