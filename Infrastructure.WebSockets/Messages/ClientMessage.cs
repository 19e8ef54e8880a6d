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
        ["move"] = WireJson.Default.MoveMessage,
        ["quit"] = WireJson.Default.QuitMessage,
        ["rematch"] = WireJson.Default.RematchMessage,
        ["open"] = WireJson.Default.OpenMessage,
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

internal sealed record QuitMessage : GameMessage;

internal sealed record RematchMessage : GameMessage;

internal sealed record WatchMessage : GameMessage;

internal sealed record UnwatchMessage : GameMessage;

internal sealed record OpenMessage : ClientMessage
{
    public required bool More { get; set; }
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
