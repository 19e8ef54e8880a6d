using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.WebSockets.Messages;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>The words of welcome: the same for everybody but for the name and the token.</summary>
internal sealed class Greeting(IRandomness randomness, LobbyRules rules, WebSocketLimits limits)
{
    private const int ProtocolVersion = 1;

    /// <summary>Names this start of the server, so that a client can tell that it was restarted.</summary>
    private readonly string _epoch = randomness.NewGameId().Value;

    private readonly WireLimits _limits = new(
        limits.MessageBytes, limits.FramesPerMessage, limits.FramesPerSecond, limits.Burst, rules.MaxConnections,
        rules.MaxGames, rules.MaxWatched, limits.ListedUsers, (int)rules.InvitationLifetime.TotalSeconds, (int)rules.Grace.TotalSeconds, (int)limits.Ping.TotalSeconds);

    public WelcomeMessage For(Reply.Welcome welcome, RequestId? re) => new(
        ProtocolVersion, welcome.User.Name.Text, Wire.Kind(welcome.User.Kind), welcome.Token?.ToString(), _epoch, _limits) { Re = re };
}
