using System.Net.WebSockets;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>Why a connection ends.</summary>
internal enum Ending
{
    /// <summary>The client closed it.</summary>
    ClosedByClient,

    /// <summary>The line was cut, or is dead.</summary>
    Lost,

    /// <summary>A frame that the protocol does not allow.</summary>
    Unsound,

    /// <summary>No UTF-8.</summary>
    NotText,
    Binary,
    TooBig,
    Silent,
    LoggedOut,
    TooFast,
    TooSlow,
    Malformed,
    Restart,

    /// <summary>Nobody could be welcomed on it just now.</summary>
    Unwelcomed,
    Failed,
}

/// <summary>The published table of close codes (docs/protocol.md).</summary>
internal static class CloseCodes
{
    public static (WebSocketCloseStatus Code, string Reason) Of(Ending ending) => ending switch
    {
        Ending.ClosedByClient or Ending.Lost => (WebSocketCloseStatus.NormalClosure, ""),
        Ending.Unsound => (WebSocketCloseStatus.ProtocolError, "broken frame"),
        Ending.NotText => (WebSocketCloseStatus.InvalidPayloadData, "no UTF-8"),
        Ending.Binary => (WebSocketCloseStatus.InvalidMessageType, "text only"),
        Ending.TooBig => (WebSocketCloseStatus.MessageTooBig, "message too big"),
        Ending.Silent => ((WebSocketCloseStatus)4000, "no new_connection in time"),
        Ending.LoggedOut => ((WebSocketCloseStatus)4001, "logged out"),
        Ending.TooFast => ((WebSocketCloseStatus)4008, "too many messages"),
        Ending.TooSlow => ((WebSocketCloseStatus)4009, "reading too slowly"),
        Ending.Malformed => ((WebSocketCloseStatus)4010, "too many malformed messages"),
        Ending.Restart => ((WebSocketCloseStatus)1012, "server restarts"),
        Ending.Unwelcomed => ((WebSocketCloseStatus)1013, "try again later"),
        Ending.Failed => (WebSocketCloseStatus.InternalServerError, "server error"),
    };
}
