using ConnectFour.Domain;

namespace ConnectFour.TestKit;

/// <summary>Lobbies to begin a test with. A transition that is refused is an exception.</summary>
public static class Lobbies
{
    /// <summary>Nobody waits for the absent: seats are lost by themselves as soon as an opponent could claim the win.</summary>
    public static LobbyRules Impatient { get; } = new() { Patience = TimeSpan.Zero };

    /// <summary>Guests, each with one connection that bears their name.</summary>
    public static Lobby Of(LobbyRules rules, params string[] names) => names.Aggregate(Lobby.Empty(rules), (lobby, name) =>
        lobby.Connect(new User(UserName.From(name), UserKind.Guest, new Credential(name), Instants.Start), new ConnectionId(name)).Next);

    extension(Lobby lobby)
    {
        /// <summary>The lobby in which the challenger waits for an answer.</summary>
        public Lobby Invited(string challenger, string challenged) =>
            lobby.Challenge(UserName.From(challenger), UserName.From(challenged), null, new GameId("crossed"), Instants.Start).Next;

        /// <summary>The lobby in which the two play a game; the first was challenged.</summary>
        public Lobby Playing(string first, string second, string game = "g") =>
            lobby.Invited(second, first).Accept(UserName.From(first), UserName.From(second), new GameId(game), Instants.Start).Next;

        /// <summary>The lobby after the user's connection was cut.</summary>
        public Lobby Cut(string name, DateTimeOffset at) => lobby.Disconnect(UserName.From(name), new ConnectionId(name), onPurpose: false, at).Next;
    }
}
