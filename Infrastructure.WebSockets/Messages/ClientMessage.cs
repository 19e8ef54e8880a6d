using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>What a client may say. The records hold what stands on the wire; docs/protocol.md explains them.</summary>
internal abstract record ClientMessage
{
    public required string Type { get; set; }

    public RequestId? Id { get; set; }

    /// <summary>The message for each <c>type</c>.</summary>
    public static FrozenDictionary<string, JsonTypeInfo> Types { get; } = new Dictionary<string, JsonTypeInfo>
    {
        ["new_connection"] = WireJson.Default.NewConnectionMessage,
        ["challenge"] = WireJson.Default.ChallengeMessage,
        ["cancel"] = WireJson.Default.CancelMessage,
        ["accept"] = WireJson.Default.AcceptMessage,
        ["decline"] = WireJson.Default.DeclineMessage,
        ["seek"] = WireJson.Default.SeekMessage,
        ["unseek"] = WireJson.Default.UnseekMessage,
        ["link"] = WireJson.Default.LinkMessage,
        ["unlink"] = WireJson.Default.UnlinkMessage,
        ["join"] = WireJson.Default.JoinMessage,
        ["move"] = WireJson.Default.MoveMessage,
        ["swap"] = WireJson.Default.SwapMessage,
        ["react"] = WireJson.Default.ReactMessage,
        ["claim"] = WireJson.Default.ClaimMessage,
        ["quit"] = WireJson.Default.QuitMessage,
        ["rematch"] = WireJson.Default.RematchMessage,
        ["open"] = WireJson.Default.OpenMessage,
        ["allow"] = WireJson.Default.AllowMessage,
        ["block"] = WireJson.Default.BlockMessage,
        ["unblock"] = WireJson.Default.UnblockMessage,
        ["running"] = WireJson.Default.RunningMessage,
        ["watch"] = WireJson.Default.WatchMessage,
        ["unwatch"] = WireJson.Default.UnwatchMessage,
        ["find"] = WireJson.Default.FindMessage,
        ["ping"] = WireJson.Default.PingMessage,
    }.ToFrozenDictionary();
}

internal sealed record NewConnectionMessage : ClientMessage
{
    public string? Username { get; set; }
    public string? Token { get; set; }
}

internal sealed record ChallengeMessage : ClientMessage
{
    public required string Opponent { get; set; }

    /// <summary>Absent means the default, null means no clocks.</summary>
    public ClockSetting? Clock { get; set; } = ClockSetting.Default;

    /// <summary>Absent means no; so with <see cref="Pair"/>, and one of the two at most.</summary>
    public bool? Swap { get; set; }

    public bool? Pair { get; set; }
}

internal sealed record SeekMessage : ClientMessage
{
    public required ClockSetting?[] Clocks { get; set; }
    public bool? Swap { get; set; }
    public bool? Pair { get; set; }
}

internal sealed record UnseekMessage : ClientMessage;

internal sealed record LinkMessage : ClientMessage
{
    /// <summary>As in <see cref="ChallengeMessage"/>.</summary>
    public ClockSetting? Clock { get; set; } = ClockSetting.Default;

    public bool? Swap { get; set; }
    public bool? Pair { get; set; }
}

internal sealed record UnlinkMessage : ClientMessage;

internal sealed record JoinMessage : ClientMessage
{
    public required string Opponent { get; set; }
    public required string Key { get; set; }
}

/// <param name="Initial">Seconds.</param>
/// <param name="Increment">Seconds.</param>
internal sealed record ClockSetting(int Initial, int Increment)
{
    public static ClockSetting Default { get; } = From(TimeControl.Default);

    public static ClockSetting From(TimeControl control) => new((int)control.Initial.TotalSeconds, (int)control.Increment.TotalSeconds);
}

internal abstract record OpponentMessage : ClientMessage
{
    public required string Opponent { get; set; }
}

internal sealed record CancelMessage : OpponentMessage;

internal sealed record AcceptMessage : OpponentMessage;

internal sealed record DeclineMessage : OpponentMessage;

internal abstract record GameMessage : ClientMessage
{
    public required string Game { get; set; }
}

internal sealed record MoveMessage : GameMessage
{
    public required int Ply { get; set; }
    public required int Column { get; set; }
}

internal sealed record SwapMessage : GameMessage;

internal sealed record ReactMessage : GameMessage
{
    public required string Reaction { get; set; }
}

internal sealed record ClaimMessage : GameMessage;

internal sealed record QuitMessage : GameMessage;

internal sealed record RematchMessage : GameMessage;

internal sealed record WatchMessage : GameMessage;

internal sealed record UnwatchMessage : GameMessage;

internal sealed record OpenMessage : ClientMessage
{
    public required bool More { get; set; }
}

internal sealed record AllowMessage : ClientMessage
{
    public required string Challenges { get; set; }
}

internal sealed record BlockMessage : ClientMessage
{
    public required string Name { get; set; }
}

internal sealed record UnblockMessage : ClientMessage
{
    public required string Name { get; set; }
}

/// <summary>Whether to be sent the running games. It concerns the connection, and no use case.</summary>
internal sealed record RunningMessage : ClientMessage
{
    public required bool On { get; set; }
}

internal sealed record FindMessage : ClientMessage
{
    public required string Prefix { get; set; }
}

internal sealed record PingMessage : ClientMessage
{
    public KnownGame[]? Games { get; set; }
}

internal readonly record struct KnownGame
{
    public required string Game { get; init; }
    public required int Version { get; init; }
}
