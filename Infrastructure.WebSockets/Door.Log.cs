using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.WebSockets;

internal sealed partial class Door
{
    [LoggerMessage(1001, LogLevel.Information, "Connection {Connection} of {User} ended after {Seconds:0.0} s: {Ending}, {Received} received, {Sent} sent")]
    private partial void LogEnded(string connection, string? user, double seconds, Ending ending, int received, int sent);

    [LoggerMessage(1002, LogLevel.Error, "Connection {Connection} failed")]
    private partial void LogFault(Exception fault, string connection);

    [LoggerMessage(1003, LogLevel.Warning, "A page of another site, {Origin}, wanted to connect and was refused; said once a minute")]
    private partial void LogForeignOrigin(string origin);

    [LoggerMessage(1004, LogLevel.Warning, "Connections are refused for {Reason}; said once a minute")]
    private partial void LogFull(Admission.Answer reason);
}
