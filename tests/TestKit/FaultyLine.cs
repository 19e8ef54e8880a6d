using System.Net.Sockets;

namespace ConnectFour.TestKit;

/// <summary>One call through a <see cref="FaultProxy"/>: the line to whoever called, and the line to whom they wanted.</summary>
internal sealed class FaultyLine : IDisposable
{
    /// <summary>How much is remembered of what whoever called said first, in bytes.</summary>
    private const int Beginning = 4 * 1024;

    private readonly Socket _near;
    private readonly Socket _far = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Passage _inwards, _outwards;
    private volatile string _said = "";

    /// <param name="seed">For what is drawn of its faults.</param>
    public FaultyLine(Socket near, FaultyWay inwards, FaultyWay outwards, int seed)
    {
        _near = near;
        (_inwards, _outwards) = (new(this, near, _far, inwards, 2 * seed), new(this, _far, near, outwards, 2 * seed + 1));
    }

    /// <summary>Completes when it is reset.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether whoever called has said so at the beginning.</summary>
    public bool HasSaid(string text) => _said.Contains(text, StringComparison.Ordinal);

    public void Note(Passage passage, ReadOnlySpan<byte> bytes)
    {
        if (passage == _inwards && _said.Length < Beginning) _said += System.Text.Encoding.Latin1.GetString(bytes);
    }

    /// <summary>Passes on until both ends have ended.</summary>
    /// <param name="to">Whom they wanted.</param>
    public async Task Serve(Uri to)
    {
        try
        {
            _near.NoDelay = true;
            await _far.ConnectAsync(to.Host, to.Port);
            await Task.WhenAll(_inwards.Run(), _outwards.Run());
        }
        catch (Exception problem) when (IsCut(problem))
        {
            Reset(); // The party behind is away, or so soon gone that it was no line yet.
        }
    }

    /// <summary>Ends without a word to both ends.</summary>
    public void Reset()
    {
        foreach (var socket in (Socket[])[_near, _far])
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Close(0); // Without the 0 it may say goodbye first, if something is still awaited.
            }
            catch (Exception problem) when (IsCut(problem))
            {
                // It has ended already.
            }
        }
        _ended.TrySetResult();
    }

    public void HalfClose(FaultyWay way)
    {
        foreach (var passage in (Passage[])[_inwards, _outwards])
            if (passage.Way == way) passage.Close();
    }

    /// <summary>Whether it only says that a line has ended.</summary>
    public static bool IsCut(Exception problem) => problem is SocketException or ObjectDisposedException;

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
    }
}
