namespace ConnectFour.Simulation.Tests.Clockwork;

/// <summary>
/// Runs everything in one thread and in virtual time. Whatever can go on at an instant goes on in an order that the seed decides, as a pool of threads might have chosen it; when nothing can, time jumps
/// to what is due next. The same seed gives the same run.
/// </summary>
internal sealed class Scheduler(int seed)
{
    private readonly List<Step> _ready = [];
    private readonly PriorityQueue<Step, (long At, int Order)> _later = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Decides everything that is left to chance.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>In ticks since the beginning.</summary>
    public long Now { get; private set; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    public bool Chance(double share) => Random.NextDouble() < share;

    /// <summary>A time between two, more often a short one.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most)
    {
        var share = Random.NextDouble();
        return least + (most - least) * (share * share);
    }

    /// <summary>Goes on with it now.</summary>
    /// <exception cref="InvalidOperationException">Something has run on a thread of its own: what it does there cannot be repeated.</exception>
    public void Soon(Life life, SendOrPostCallback act, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread) throw new InvalidOperationException("Something has left the simulation's thread.");
        _ready.Add(new Step(life, act, state));
    }

    /// <summary>Does it later, unless the life is over by then.</summary>
    public void After(TimeSpan span, Life life, Action act) => At(Now + span.Ticks, life, _ => act(), null);

    /// <inheritdoc cref="After"/>
    public void At(long time, Life life, SendOrPostCallback act, object? state) => _later.Enqueue(new Step(life, act, state), (time, Random.Next()));

    /// <summary>Lets so much time pass.</summary>
    public void Pass(TimeSpan span)
    {
        var (end, before) = (Now + span.Ticks, SynchronizationContext.Current);
        while (Next(end)) { }
        SynchronizationContext.SetSynchronizationContext(before);
        Now = end;
    }

    private bool Next(long end)
    {
        Step step;
        if (_ready.Count > 0)
        {
            var chosen = Random.Next(_ready.Count);
            step = _ready[chosen];
            _ready[chosen] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }
        else
        {
            if (!_later.TryPeek(out _, out var due) || due.At > end) return false;
            step = _later.Dequeue();
            Now = Math.Max(Now, due.At);
        }
        if (step.Life.IsOver) return true;

        Steps++;
        SynchronizationContext.SetSynchronizationContext(step.Life);
        step.Act(step.State);
        return true;
    }

    private readonly record struct Step(Life Life, SendOrPostCallback Act, object? State);
}
