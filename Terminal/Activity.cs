namespace ConnectFour.Terminal;

/// <summary>Something that a person does here: a menu, a game, an analysis. It is asked and changed by one stage at a time, never by two threads.</summary>
internal abstract class Activity : IAsyncDisposable
{
    public abstract Scene Scene { get; }

    /// <summary>False while it is about to change by itself, so that a script waits with its next line.</summary>
    public virtual bool IsSettled => true;

    /// <summary>False while showing it line by line would only show how it comes to rest.</summary>
    public virtual bool IsWorthShowing => IsSettled;

    /// <summary>Whether the person has left it.</summary>
    public bool IsLeft { get; protected set; }

    /// <summary>The beginning of a line that the person is to complete; whoever reads it takes it.</summary>
    public string? Asks { get; set; }

    public abstract void Handle(Command command);

    public ValueTask DisposeAsync() => Finish();

    /// <summary>Ends whatever works beside it.</summary>
    protected virtual ValueTask Finish() => ValueTask.CompletedTask;
}
