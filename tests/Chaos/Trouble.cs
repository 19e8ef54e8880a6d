using System.Collections.Immutable;

namespace ConnectFour.Chaos;

/// <summary>Something that is done to a cluster again and again.</summary>
/// <param name="Takes">How long it may take on a slow machine before the next thing can be done.</param>
internal sealed record Trouble(string Name, TimeSpan Takes, Func<Task> Happens)
{
    /// <summary>Lets something happen after each period: the first, the second and so on, and the first again. One that fails ends the run.</summary>
    /// <param name="length">How long the run lasts.</param>
    /// <param name="end">The run's end.</param>
    /// <returns>How often each of them happened.</returns>
    public static async Task<ImmutableArray<Befallen>> Every(TimeSpan period, TimeSpan length, CancellationTokenSource end, params ImmutableArray<Trouble> troubles)
    {
        var happened = 0;
        using var timer = new PeriodicTimer(period, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token)) await troubles[happened++ % troubles.Length].Happens();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The run is over.
        }
        finally
        {
            await end.CancelAsync();
        }
        var least = Math.Max(1, (int)(length / troubles.Aggregate(TimeSpan.Zero, (round, trouble) => round + period + trouble.Takes)));
        return [.. troubles.Select((trouble, i) => new Befallen(trouble.Name, (happened - i + troubles.Length - 1) / troubles.Length, least))];
    }
}

/// <summary>How often something has befallen a cluster.</summary>
/// <param name="Least">How often it has to in a run of that length, if everything takes as long as it may; otherwise the run says little about it.</param>
internal sealed record Befallen(string Name, int Times, int Least)
{
    public bool IsEnough => Times >= Least;

    public override string ToString() => $"{Times} x {Name}{(IsEnough ? "" : $", and {Least} at least were to be")}";
}
