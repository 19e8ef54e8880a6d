using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.WebSockets;

internal sealed partial class Door
{
    [LoggerMessage(1001, LogLevel.Information, "Connection {Connection} of {User} ended: {Ending}, {Received} received, {Sent} sent")]
    private partial void LogEnded(string connection, string? user, Ending ending, int received, int sent);

    [LoggerMessage(1002, LogLevel.Error, "Connection {Connection} failed")]
    private partial void LogFault(Exception fault, string connection);
}
