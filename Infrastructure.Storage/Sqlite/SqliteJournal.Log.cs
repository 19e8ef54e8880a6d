using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

internal sealed partial class SqliteJournal
{
    private readonly ILogger _log;

    [LoggerMessage(3001, LogLevel.Error, "Game {Game} was set aside, because its events make no game: {Problem}")]
    internal static partial void LogSetAside(ILogger log, string game, string problem);

    [LoggerMessage(3007, LogLevel.Error, "Game {Game} cannot be shown, because its events make no game: {Problem}")]
    private partial void LogMakesNoGame(string game, string problem);
}

internal sealed partial class JournalWriter
{
    [LoggerMessage(3002, LogLevel.Critical, "There is no room on the disk: nothing can be stored")]
    private partial void LogFull(Exception problem);

    [LoggerMessage(3003, LogLevel.Warning, "There is room on the disk again: the games go on")]
    private partial void LogRoomAgain();

    [LoggerMessage(3004, LogLevel.Critical, "The journal failed, and nothing is known of what it wrote last: the server stops")]
    private partial void LogFailed(Exception problem);

    [LoggerMessage(3005, LogLevel.Warning, "The journal waits for somebody else who writes to the database")]
    private partial void LogBusy();

    [LoggerMessage(3006, LogLevel.Error, "What happened in game {Game} was stored, and could not be published")]
    private partial void LogNotPublished(Exception problem, string game);
}
