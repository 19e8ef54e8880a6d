using ConnectFour.Application.UseCases;

namespace ConnectFour.Application.Tests;

/// <summary>Bots are users that the server itself plays.</summary>
public sealed class BotTests : IDisposable
{
    private static readonly UserName Rookie = UserName.From("Rookie");
    private static readonly ConnectionId Here = new("bot");

    private readonly RunningApplication _application = new();

    [Fact]
    public async Task A_bot_takes_its_place_and_is_open_to_any_number_of_games()
    {
        var welcome = Assert.IsType<Reply.Welcome>(await _application.Send(new ConnectBotCommand(Rookie, Here)));

        for (var game = 0; game <= new LobbyRules().MaxGames; game++)
        {
            var challenger = await _application.Join($"Person{game}");
            Assert.IsType<Reply.Done>(await _application.Send(new ChallengeCommand(challenger, "Rookie", null)));
            Assert.IsType<Reply.Done>(await _application.Send(new AcceptCommand(Rookie, challenger.Text)));
        }

        Assert.Equal((UserKind.Bot, true), (welcome.User.Kind, welcome.User.OpenToMore));
        Assert.Equal(new LobbyRules().MaxGames + 1, (await _application.Get<Ports.ILobby>().Find(Rookie))!.Games.Length);
    }

    [Fact]
    public async Task Nobody_can_pass_for_a_bot()
    {
        await _application.Send(new ConnectBotCommand(Rookie, Here));

        var guest = await _application.Send(new ConnectCommand(new ConnectionId("guest"), "rookie", null));

        Assert.Equal(new Reply.Refused(Refusal.NameTaken), guest);
    }

    [Fact]
    public async Task A_bot_is_listed_and_not_counted_as_somebody_who_is_here()
    {
        await _application.Send(new ConnectBotCommand(Rookie, Here));
        await _application.Join("Ann");

        var list = await _application.Get<Ports.ILobby>().List(10);

        Assert.Equal(1, list.Online);
        Assert.Equal(2, list.Users.Length);
    }

    public void Dispose() => _application.Dispose();
}
