using Microsoft.Extensions.Logging;

namespace ConnectFour.Simulation.Tests;

/// <summary>Takes the log of all nodes; an error that is not somebody's being away is one that nobody thought of.</summary>
internal sealed class ProblemLog(Action<string> note) : ILoggerFactory, ILogger
{
    /// <summary>PostgreSQL does not answer.</summary>
    private const int Away = 3008;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) { }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && eventId.Id != Away && exception is not IOException) note($"{formatter(state, exception)}: {exception}");
    }

    public void Dispose() { }
}
