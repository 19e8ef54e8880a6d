using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Redis;

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "This is node {Node} of a cluster: the lobby is in Redis at {Endpoints}")]
    public static partial void Joined(ILogger log, string node, string endpoints);

    [LoggerMessage(6002, LogLevel.Error, "A message of the lobby could not be taken")]
    public static partial void NotTaken(ILogger log, Exception problem);

    [LoggerMessage(6003, LogLevel.Warning, "Redis is out of reach: {Problem}")]
    public static partial void Away(ILogger log, string problem);

    [LoggerMessage(6004, LogLevel.Information, "Redis is back")]
    public static partial void Back(ILogger log);

    [LoggerMessage(6005, LogLevel.Warning, "Redis was empty, or as it was a while ago: the lobby was put back with {Users} users")]
    public static partial void PutBack(ILogger log, int users);

    [LoggerMessage(6006, LogLevel.Warning, "Node {Node} is gone: its connections end")]
    public static partial void NodeGone(ILogger log, string node);

    [LoggerMessage(6007, LogLevel.Error, "What this node does all the time failed")]
    public static partial void DutyFailed(ILogger log, Exception problem);

    [LoggerMessage(6008, LogLevel.Error, "What happened in a game could not be told")]
    public static partial void NotTold(ILogger log, Exception problem);

    [LoggerMessage(6009, LogLevel.Error, "What the lobby has of {User} could not be put right")]
    public static partial void NotPutRight(ILogger log, Exception problem, string user);
}
