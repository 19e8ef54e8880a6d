using System.Net.Sockets;
using System.Threading.Channels;

namespace ConnectFour.TestKit;

/// <summary>One way of one line: what one end sends is taken off it as it comes, and reaches the other end as the fault of the way has it.</summary>
internal sealed class Passage(FaultyLine line, Socket from, Socket to, FaultyWay way, int seed)
{
    private const int LongestPiece = 16 * 1024;

    /// <summary>Pieces that are on their way; whoever sends more has to wait.</summary>
    private const int Most = 256;

    private readonly Channel<Piece> _pieces = Channel.CreateBounded<Piece>(Most);
    private FaultyWay.Spell _spell = way.Now;
    private volatile bool _isLost;

    public FaultyLine Line => line;

    public FaultyWay Way => way;

    public Random Random { get; } = new(seed);

    /// <summary>How many bytes have been sent on since the fault began.</summary>
    public int Sent { get; private set; }

    public Task Run() => Task.WhenAll(Take(), Give());

    /// <summary>Sends on.</summary>
    public async Task Send(Piece piece)
    {
        switch (piece.Ending)
        {
            case Ending.None:
                for (var bytes = piece.Bytes; !bytes.IsEmpty;) bytes = bytes[await to.SendAsync(bytes)..];
                Sent += piece.Bytes.Length;
                break;
            case Ending.Closed:
                to.Shutdown(SocketShutdown.Send);
                break;
            case Ending.Reset:
                line.Reset();
                break;
        }
    }

    /// <summary>Something is lost, and with it whatever follows.</summary>
    public void Lose() => _isLost = true;

    /// <summary>The other end is told that nothing more comes, and nothing does.</summary>
    public void Close()
    {
        Lose();
        try
        {
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception problem) when (FaultyLine.IsCut(problem))
        {
            // They have gone.
        }
    }

    private async Task Take()
    {
        var (buffer, ending) = (new byte[LongestPiece], Ending.None);
        while (ending == Ending.None)
        {
            var length = 0;
            try
            {
                length = await from.ReceiveAsync(buffer);
                if (length == 0) ending = Ending.Closed;
            }
            catch (Exception problem) when (FaultyLine.IsCut(problem))
            {
                ending = Ending.Reset;
            }
            var bytes = buffer.AsSpan(0, length).ToArray();
            line.Note(this, bytes);
            await _pieces.Writer.WriteAsync(new Piece(bytes, TimeProvider.System.GetTimestamp(), ending));
        }
        _pieces.Writer.Complete();
    }

    private async Task Give()
    {
        await foreach (var piece in _pieces.Reader.ReadAllAsync())
            for (Piece? left = piece; left is not null && !_isLost;) left = await Treat(left);
    }

    private async Task<Piece?> Treat(Piece piece)
    {
        if (way.Now is var now && now != _spell) (_spell, Sent) = (now, 0);
        try
        {
            var treated = _spell.Fault.Treat(piece, this, _spell.Over);
            if (await Task.WhenAny(treated, line.Ended) == treated) return await treated;
        }
        catch (Exception problem) when (FaultyLine.IsCut(problem))
        {
            // Whoever it is for has gone, and says so on the other way.
        }
        Lose();
        return null;
    }
}
