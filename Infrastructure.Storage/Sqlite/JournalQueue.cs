using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>Appends on their way to the disk, in order, and so many at most. None waits for its answer much longer than patience lasts; one timer sees to all of them.</summary>
internal sealed class JournalQueue : IDisposable
{
    /// <summary>Looks within the patience: whoever waits may wait so much longer.</summary>
    private const int Looks = 10;

    private readonly object _lock = new(); // Is waited on, which a Lock cannot be.
    private readonly Queue<Append> _waiting = new();
    private readonly List<Append> _taken = [];
    private readonly StorageSettings _settings;
    private readonly JournalMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ITimer _impatience;
    private bool _isClosed;

    public JournalQueue(StorageSettings settings, JournalMetrics metrics, TimeProvider time)
    {
        (_settings, _metrics, _time) = (settings, metrics, time);
        _impatience = time.CreateTimer(_ => AnswerLate(), null, settings.Patience / Looks, settings.Patience / Looks);
    }

    /// <summary>False when there is no room, or nobody takes any more.</summary>
    public bool TryAdd(Append append)
    {
        append.Since = _time.GetTimestamp();
        lock (_lock)
        {
            if (_isClosed || _waiting.Count >= _settings.Queue) return false;
            _waiting.Enqueue(append);
            _metrics.Queued();
            Monitor.Pulse(_lock);
            return true;
        }
    }

    /// <summary>Waits until there is something, and takes what there is, up to a group. Nothing when it was closed and is empty.</summary>
    public IReadOnlyList<Append> Take()
    {
        lock (_lock)
        {
            _taken.Clear();
            while (_waiting.Count == 0 && !_isClosed) Monitor.Wait(_lock);
            while (_taken.Count < _settings.Group && _waiting.TryDequeue(out var append)) _taken.Add(append);
            _metrics.Taken(_taken.Count);
            return _taken;
        }
    }

    /// <summary>Nothing more is added; what waits is still taken.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Nothing is taken any more: what waits, and came while the last group failed, is told so. That group itself is not, for it may be stored.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            _isClosed = true;
            _metrics.Taken(_waiting.Count);
            while (_waiting.TryDequeue(out var late)) late.Answer(AppendResult.Unavailable);
        }
    }

    public void Dispose()
    {
        _impatience.Dispose();
        foreach (var append in _taken) append.Answer(AppendResult.Pending); // Answered already, unless it failed.
    }

    private void AnswerLate()
    {
        lock (_lock)
        {
            foreach (var append in _taken.Concat(_waiting))
                if (_time.GetElapsedTime(append.Since) >= _settings.Patience) append.Answer(AppendResult.Pending);
        }
    }
}
