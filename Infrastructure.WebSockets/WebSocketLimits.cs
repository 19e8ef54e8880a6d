using System.ComponentModel.DataAnnotations;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>What one connection, one address and the process may use up. Each is a setting under <c>ConnectFour:Limits</c>.</summary>
public sealed class WebSocketLimits
{
    /// <summary>Bytes of one inbound message: the largest that a client has reason to send is a ping with 30 games. A frame is kept by the web server until all of it is there, and that keeps 1 MB.</summary>
    [Range(256, 524_288)]
    public int MessageBytes { get; set; } = 4_096;

    /// <summary>Pieces that one inbound message may arrive in.</summary>
    [Range(1, 1_024)]
    public int FramesPerMessage { get; set; } = 16;

    /// <summary>Frames per second that a connection may send for ever: nobody plays faster.</summary>
    [Range(1, 100_000)]
    public int FramesPerSecond { get; set; } = 10;

    /// <summary>Frames that a connection may send at once, such as after a reconnect.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 40;

    /// <summary>Frames over the rate, within 10 s, after which the connection is closed.</summary>
    [Range(1, 1_000_000)]
    public int ExcessFrames { get; set; } = 100;

    /// <summary>Malformed messages, within 10 s, after which the connection is closed: the client is broken.</summary>
    [Range(1, 1_000)]
    public int MalformedMessages { get; set; } = 10;

    /// <summary>Messages that may wait for a slow reader.</summary>
    [Range(8, 100_000)]
    public int OutboxMessages { get; set; } = 64;

    /// <summary>Bytes that may wait for a slow reader.</summary>
    [Range(16_384, 67_108_864)]
    public int OutboxBytes { get; set; } = 65_536;

    /// <summary>How long what is sent in one go, 16 KB and a message at most, may take to be handed to the network.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan SendDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a new connection may stay silent.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstMessage { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be idle before the server pings it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan Ping { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it waits for the pong, at most.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan Pong { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the sessions of open connections are looked at again: one may end by itself, or in another process.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan SessionCheck { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Connections from one address: a class behind one router.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 50;

    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 20_000;

    /// <summary>How many users the lobby lists, so that what a client is sent does not grow with the number of users.</summary>
    [Range(1, 1_000)]
    public int ListedUsers { get; set; } = 200;

    /// <summary>How often changes of the lobby are sent.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan LobbyTick { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Messages a second in which changes of the lobby are sent, to all clients together (the whole list, for who comes, besides), less the news of games, down to a tenth: when there are more than a tick has room for, they hear of changes less often, and not at the expense of those who play.</summary>
    [Range(100, 10_000_000)]
    public int LobbyMessagesPerSecond { get; set; } = 15_000;

    /// <summary>How many of the running games the lobby shows.</summary>
    [Range(0, 100)]
    public int ShownGames { get; set; } = 12;

    /// <summary>How often changes of the running games are sent to those who look at the lobby.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan GamesTick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long closing everything may take when the server stops.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(20);
}
