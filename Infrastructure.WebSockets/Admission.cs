using System.Net;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>How many connections there may be: in all, and from one address.</summary>
internal sealed class Admission(WebSocketLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private int _all;
    private bool _closed;

    internal enum Answer
    {
        Welcome,
        AddressFull,
        ServerFull,
    }

    public int Count
    {
        get { lock (_lock) return _all; }
    }

    public Answer TryEnter(IPAddress address)
    {
        lock (_lock)
        {
            if (_closed || _all >= limits.Connections) return Answer.ServerFull;
            var here = _byAddress.GetValueOrDefault(address);
            if (here >= limits.ConnectionsPerAddress) return Answer.AddressFull;

            _all++;
            _byAddress[address] = here + 1;
            return Answer.Welcome;
        }
    }

    public void Exit(IPAddress address)
    {
        lock (_lock)
        {
            _all--;
            if (--_byAddress[address] == 0) _byAddress.Remove(address);
        }
    }

    /// <summary>From now on nobody is let in.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
    }
}
