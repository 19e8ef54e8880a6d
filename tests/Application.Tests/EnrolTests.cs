using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;

namespace ConnectFour.Application.Tests;

/// <summary>A guest registers while the lobby is out of reach: what became of it is found out before anybody is told.</summary>
public sealed class EnrolTests : IDisposable
{
    private static readonly Credential Account = Credential.Of(7);

    private readonly RunningApplication _application = new(replace: DoubtfulLobby.Replace);

    private DoubtfulLobby Lobby => (DoubtfulLobby)_application.Lobby;

    public void Dispose() => _application.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_the_lobby_had_done_it_or_not_it_is_done_in_the_end_and_said_so(bool hadDoneIt)
    {
        var guest = await _application.Find(await _application.Join("Ann"));
        (Lobby.Failures, Lobby.DoesItAllTheSame) = (1, hadDoneIt);

        var registering = _application.Send(new EnrolCommand(guest.Name, guest.Credential, Account));
        _application.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<Reply.Done>(await registering);
        Assert.Equal(Account, (await _application.Find(guest.Name)).Credential);
    }

    [Fact]
    public async Task A_lobby_that_stays_away_says_so_when_it_can_do_nothing_late_any_more()
    {
        var guest = await _application.Find(await _application.Join("Ann"));
        Lobby.Failures = int.MaxValue;

        var registering = _application.Send(new EnrolCommand(guest.Name, guest.Credential, Account));
        var passed = TimeSpan.Zero;
        for (; !registering.IsCompleted && passed < TimeSpan.FromMinutes(1); passed += TimeSpan.FromSeconds(0.5)) _application.Time.Advance(TimeSpan.FromSeconds(0.5));

        await Assert.ThrowsAsync<LobbyAwayException>(() => registering);
        Assert.InRange(passed.TotalSeconds, 1.5, 5);
    }
}
