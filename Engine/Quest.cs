namespace ConnectFour.Engine;

/// <summary>One question about one position, on which several searches may work at once: each asks whether the score exceeds some number, and whoever knows first narrows the bounds for all.</summary>
internal sealed class Quest
{
    /// <summary>Below so many nodes, some milliseconds, more threads cost more than they help.</summary>
    public const long WorthSharing = 30_000;

    private readonly Position _position;
    private readonly bool _toTheScore;
    private readonly long _budget;
    private readonly IProgress<Bounds>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Lock _lock = new();
    private int _lower;
    private int _upper;
    private volatile int _answers;
    private long _nodes;

    /// <param name="position">As for <see cref="Search.Bound"/>.</param>
    public Quest(Position position, bool toTheScore, long budget, IProgress<Bounds>? progress, CancellationToken cancellation)
    {
        (_position, _toTheScore, _budget, _progress, _cancellation) = (position, toTheScore, budget, progress, cancellation);
        (_lower, _upper) = (-Score.OfWinAt(position.Plies + 1), Score.OfWinAt(position.Plies + 2));
    }

    public Solution Solution => new(new Bounds(Score.From(Math.Max(_lower, 1 - Score.Most)), Score.From(Math.Min(_upper, Score.Most - 1))), _nodes);

    /// <summary>Answered, or to be given up.</summary>
    public bool IsOver => IsAnswered || _cancellation.IsCancellationRequested || Interlocked.Read(ref _nodes) >= _budget;

    private bool IsAnswered => _toTheScore ? _lower >= _upper : Math.Sign(_lower) == Math.Sign(_upper);

    /// <summary>Works until the question is answered or somebody has had enough.</summary>
    /// <param name="company">The marks of all workers, or null for one that works alone.</param>
    /// <param name="limit">The most nodes to visit here.</param>
    public void Pursue(Search search, Company? company, long limit)
    {
        var counted = 0L;
        var asked = 0;
        search.Begin(company, nodes =>
        {
            Interlocked.Add(ref _nodes, nodes - counted);
            counted = nodes;
            return asked == _answers && nodes < limit && !IsOver;
        });
        while (!IsOver && search.Nodes < limit)
        {
            int alpha;
            lock (_lock) (asked, alpha) = (_answers, NextAlpha());
            try
            {
                Learn(alpha, search.Bound(_position, alpha), company);
            }
            catch (Interruption)
            {
                // Somebody else had the answer sooner, or the loop ends here.
            }
        }
        Interlocked.Add(ref _nodes, search.Nodes - counted);
    }

    private void Learn(int alpha, int bound, Company? company)
    {
        lock (_lock)
        {
            var (lower, upper) = bound > alpha ? (Math.Max(_lower, bound), _upper) : (_lower, Math.Min(_upper, bound));
            if (lower == _lower && upper == _upper) return;
            (_lower, _upper) = (lower, upper);
            _answers++;
            // Who is interrupted leaves its marks behind.
            company?.Clear();
        }
        _progress?.Report(Solution.Bounds);
    }

    /// <summary>
    /// Which number to ask about. High and low ones first: whether there is a win in a few moves is soon found out, and what is found out helps with the next question.
    /// </summary>
    private int NextAlpha()
    {
        if (!_toTheScore) return _upper > 0 ? 0 : -1;

        var middle = _lower + (_upper - _lower) / 2;
        if (middle <= 0 && _lower / 2 < middle) return _lower / 2;
        if (middle >= 0 && _upper / 2 > middle) return _upper / 2;
        return middle;
    }
}
