namespace ConnectFour.Simulation.Tests.Clockwork;

/// <summary>A process from its start to its end. What it waits for goes on within it; once it is over, nothing of it does, wherever it was.</summary>
internal sealed class Life(Scheduler scheduler) : SynchronizationContext
{
    public bool IsOver { get; private set; }

    public void End() => IsOver = true;

    /// <summary>Begins something within it.</summary>
    public void Begin(Action act) => scheduler.Soon(this, _ => act(), null);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsOver) scheduler.Soon(this, d, state);
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nobody waits in a simulation.");

    public override SynchronizationContext CreateCopy() => this;
}
