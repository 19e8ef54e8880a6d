using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.Storage.Postgres;

internal sealed partial class PostgresJournal
{
    private readonly ILogger _log;

    [LoggerMessage(3006, LogLevel.Error, "What happened in game {Game} was stored, and could not be published")]
    private partial void LogNotPublished(Exception problem, string game);

    [LoggerMessage(3007, LogLevel.Error, "Game {Game} cannot be shown, because its events make no game: {Problem}")]
    private partial void LogMakesNoGame(string game, string problem);

    [LoggerMessage(3016, LogLevel.Error, "The database has lost moves: game {Game} was at version {Remembered}, and is at {Stored}")]
    private partial void LogSetBack(string game, int remembered, int stored);

    [LoggerMessage(3013, LogLevel.Error, "What became of a step of game {Game} is not known")]
    private partial void LogFailed(Exception problem, string game);
}

internal sealed partial class PostgresWriter
{
    [LoggerMessage(3008, LogLevel.Error, "PostgreSQL does not answer: nothing can be stored")]
    private partial void LogAway();

    [LoggerMessage(3009, LogLevel.Warning, "PostgreSQL answers again")]
    private partial void LogBack();

    [LoggerMessage(3010, LogLevel.Error, "PostgreSQL refuses to store what happened in game {Game}")]
    private partial void LogRefused(Exception problem, string game);

    [LoggerMessage(3011, LogLevel.Warning, "The line broke while something of game {Game} was being stored; it is asked again: {Problem}")]
    private partial void LogLost(string game, string problem);
}
