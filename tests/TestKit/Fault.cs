namespace ConnectFour.TestKit;

/// <summary>
/// What a faulty network does with what is sent one way over it, for as long as the fault lasts. One of the cases nested here, and no other. What happens at one moment,
/// <see cref="FaultProxy.Reset"/> and <see cref="FaultProxy.HalfClose"/>, is none of them.
/// </summary>
public abstract record Fault
{
    private Fault() { }

    /// <summary>It passes all on, at once.</summary>
    public static Fault None { get; } = new Passing();

    /// <summary>It keeps all, and passes it on once the fault is over: a line that stands still.</summary>
    public static Fault Stall { get; } = new Standing();

    /// <summary>It loses all without a word, the end of the line as well, as when a cable is pulled. On a line that has lost something nothing arrives any more: TCP delivers nothing after a gap.</summary>
    public static Fault BlackHole { get; } = new Losing();

    /// <summary>Treats one piece of what is sent.</summary>
    /// <param name="over">Completes when another fault takes the place of this one.</param>
    /// <returns>What is left of the piece, to be treated again; null if nothing.</returns>
    internal abstract Task<Piece?> Treat(Piece piece, Passage passage, Task over);

    private sealed record Passing : Fault
    {
        internal override async Task<Piece?> Treat(Piece piece, Passage passage, Task over)
        {
            await passage.Send(piece);
            return null;
        }
    }

    private sealed record Standing : Fault
    {
        internal override async Task<Piece?> Treat(Piece piece, Passage passage, Task over)
        {
            await over;
            return piece;
        }
    }

    private sealed record Losing : Fault
    {
        internal override Task<Piece?> Treat(Piece piece, Passage passage, Task over)
        {
            passage.Lose();
            return Task.FromResult<Piece?>(null);
        }
    }

    /// <summary>Everything arrives later, in order.</summary>
    /// <param name="Most">How much later at most; how much it is, is drawn anew for each piece.</param>
    public sealed record Delay(TimeSpan Least, TimeSpan Most) : Fault
    {
        internal override async Task<Piece?> Treat(Piece piece, Passage passage, Task over)
        {
            var late = Least + (Most - Least) * passage.Random.NextDouble() - TimeProvider.System.GetElapsedTime(piece.Arrived);
            if (late > TimeSpan.Zero && await Task.WhenAny(over, Task.Delay(late, TimeProvider.System)) == over) return piece;
            return await None.Treat(piece, passage, over);
        }
    }

    /// <summary>A narrow line: little arrives at a time.</summary>
    /// <param name="BytesPerSecond">10 or more.</param>
    public sealed record Throttle(int BytesPerSecond) : Fault
    {
        private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.1);

        internal override async Task<Piece?> Treat(Piece piece, Passage passage, Task over)
        {
            var (first, rest) = piece.SplitAt((int)(BytesPerSecond * Tick.TotalSeconds));
            await passage.Send(first);
            await Task.WhenAny(over, Task.Delay(Tick, TimeProvider.System));
            return rest;
        }
    }

    /// <summary>Each line is reset in the middle of whatever is being said.</summary>
    /// <param name="After">How many bytes arrive before, counted for each line from the beginning of the fault.</param>
    public sealed record Cut(int After) : Fault
    {
        internal override async Task<Piece?> Treat(Piece piece, Passage passage, Task over)
        {
            var (first, rest) = piece.SplitAt(After - passage.Sent);
            await passage.Send(first);
            if (rest is not null) passage.Line.Reset();
            return null;
        }
    }

    /// <summary>Another fault, but of some lines only.</summary>
    /// <param name="Said">What whoever called has said on those at the beginning.</param>
    public sealed record Only(string Said, Fault Fault) : Fault
    {
        internal override Task<Piece?> Treat(Piece piece, Passage passage, Task over) => (passage.Line.HasSaid(Said) ? Fault : None).Treat(piece, passage, over);
    }
}
