using System.Threading.Channels;

namespace ConnectFour.Terminal;

/// <summary>Where whatever works beside a scene leaves its changes; the stage makes them, one after the other, so that only one thread ever changes what is shown.</summary>
internal sealed class Backstage
{
    private readonly Channel<Action> _changes = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });

    public void Post(Action change) => _changes.Writer.TryWrite(change);

    /// <summary>Until there is a change to make.</summary>
    public Task Waiting(CancellationToken cancellation) => _changes.Reader.WaitToReadAsync(cancellation).AsTask();

    public void MakeChanges()
    {
        while (_changes.Reader.TryRead(out var change)) change();
    }
}
