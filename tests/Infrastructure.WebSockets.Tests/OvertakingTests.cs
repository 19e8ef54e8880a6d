using System.Collections.Immutable;
using System.Text.Json;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>A whole game is put together while the world goes on. What happens meanwhile must not overtake it: the whole would then undo it, and nobody could tell.</summary>
public sealed class OvertakingTests
{
    [Theory]
    [InlineData("""{"type":"watch","game":"$game","id":1}""", "ok")]
    [InlineData("""{"type":"ping","games":[{"game":"$game","version":0}],"id":1}""", "pong")]
    public async Task A_move_that_is_made_while_a_game_is_being_shown_comes_after_it(string question, string answer)
    {
        await using var server = await Start();
        using var ann = await server.Join("Ann");
        using var bob = await server.Join("Bob");
        using var cy = await server.Join("Cy");
        var game = await Begin(ann, bob);
        if (answer == "pong")
        {
            await cy.Send($$"""{"type":"watch","game":"{{game}}"}""");
            await cy.Until("game");
        }

        MoveMeanwhile(server, game);
        await cy.Send(question.Replace("$game", game, StringComparison.Ordinal));
        await cy.Until(answer);

        Assert.Equal(("game", 1), Version(await cy.Next()));
        Assert.Equal(("moved", 2), Version(await cy.Next()));
    }

    [Fact]
    public async Task A_move_that_is_made_while_a_player_is_welcomed_comes_after_the_game_even_if_they_were_refused_before()
    {
        await using var server = await Start();
        using var ann = await server.Connect();
        await ann.Send("""{"type":"new_connection","username":"Ann"}""");
        var token = (await ann.Until("welcome")).GetProperty("token").GetString();
        using var bob = await server.Join("Bob");
        var game = await Begin(ann, bob);
        using var tab = await server.Connect();

        await tab.Send("""{"type":"new_connection","username":"Bob"}""");
        var refused = await tab.Error();
        MoveMeanwhile(server, game);
        await tab.Send($$"""{"type":"new_connection","token":"{{token}}"}""");

        Assert.Equal("name_taken", refused);
        Assert.Equal("welcome", (await tab.Next()).GetProperty("type").GetString());
        Assert.Equal(("game", 1), Version(await tab.Until("game")));
        Assert.Equal(("moved", 2), Version(await tab.Next()));
    }

    private static Task<SocketServer> Start() => SocketServer.Start(configure: services => services.AddSingleton<ILobby>(provider =>
        new BusyLobby(new InMemoryLobby(provider.GetRequiredService<LobbyRules>(), provider.GetRequiredService<IEvents>()))));

    /// <summary>A game in which Bob, the challenged, starts.</summary>
    private static async Task<string> Begin(SocketClient ann, SocketClient bob)
    {
        await ann.Send("""{"type":"challenge","opponent":"Bob","clock":null}""");
        await bob.Until("invitation");
        await bob.Send("""{"type":"accept","opponent":"Ann"}""");
        return (await ann.Until("game")).GetProperty("game").GetString()!;
    }

    /// <summary>Bob moves as soon as somebody is looked up: a whole game says whether its players are here.</summary>
    private static void MoveMeanwhile(SocketServer server, string game) =>
        ((BusyLobby)server.Get<ILobby>()).Meanwhile = () => server.Get<IMediator>().Send(new MoveCommand(UserName.From("Bob"), game, 0, 4));

    private static (string?, int) Version(JsonElement message) => (message.GetProperty("type").GetString(), message.GetProperty("version").GetInt32());

    /// <summary>A lobby in which something happens while somebody is looked up.</summary>
    private sealed class BusyLobby(ILobby lobby) : ILobby
    {
        private Func<Task>? _meanwhile;

        public Func<Task> Meanwhile
        {
            set => Volatile.Write(ref _meanwhile, value);
        }

        public async ValueTask<User?> Find(UserName name)
        {
            if (Interlocked.Exchange(ref _meanwhile, null) is { } happens) await happens();
            return await lobby.Find(name);
        }

        public ValueTask<Decision<Lobby, LobbyEvent>> Decide(ImmutableArray<UserName> concerned, Func<Lobby, Decision<Lobby, LobbyEvent>> transition) =>
            lobby.Decide(concerned, transition);

        public ValueTask<ImmutableArray<User>> Search(string prefix, int most) => lobby.Search(prefix, most);

        public ValueTask<UserList> List(int most) => lobby.List(most);

        public ValueTask<ImmutableArray<UserName>> Waiting() => lobby.Waiting();
        public ValueTask<DueInLobby> Due(DateTimeOffset now) => lobby.Due(now);
    }
}
