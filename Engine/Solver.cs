using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.Engine;

/// <summary>
/// Answers what a position is worth when both sides play perfectly. Any number of threads may ask one solver at once; what it finds out for one question it remembers for the next.
/// </summary>
/// <remarks>
/// The methods that search take a budget of nodes, the positions to visit: when it is used up they answer what is known by then. A core visits some ten million in a second.
/// They can be cancelled, and then throw <see cref="OperationCanceledException"/>. A board on which the side to move already has four belongs to no game, and is an <see cref="ArgumentException"/>.
/// </remarks>
public sealed class Solver
{
    private static readonly ImmutableArray<Column> FromCentre = [.. Column.All.OrderBy(column => Math.Abs(column.Number - 4))];

    /// <summary>For each thread: what fits into a core's second cache, or nearly.</summary>
    private const int LateMegabytes = 2;

    private readonly Table _early;
    private readonly Table _late;
    private readonly ConcurrentBag<Search> _idle = [];
    private readonly SolverOptions _options;

    /// <exception cref="ArgumentOutOfRangeException">The table's size is not 1 to 8,192 MB, or there is no thread.</exception>
    public Solver(SolverOptions? options = null)
    {
        _options = options ?? new SolverOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.TableMegabytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.TableMegabytes, 8192, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Threads, 1, nameof(options));
        _early = new Table(_options.TableMegabytes);
        _late = new Table(LateMegabytes * _options.Threads);
    }

    /// <summary>The score of the position.</summary>
    /// <param name="nodes">The budget.</param>
    /// <param name="progress">Is told what is known, each time that it is more.</param>
    public Solution Solve(Board board, long nodes = long.MaxValue, IProgress<Bounds>? progress = null, CancellationToken cancellation = default) =>
        Answer(PositionOf(board), toTheScore: true, nodes, progress, cancellation);

    /// <summary>Whether the side to move wins, loses or draws: enough for <see cref="Bounds.Verdict"/>, often in much less time than the score.</summary>
    /// <inheritdoc cref="Solve(Board, long, IProgress{Bounds}?, CancellationToken)"/>
    public Solution SolveWeakly(Board board, long nodes = long.MaxValue, IProgress<Bounds>? progress = null, CancellationToken cancellation = default) =>
        Answer(PositionOf(board), toTheScore: false, nodes, progress, cancellation);

    /// <summary>The score of every column.</summary>
    /// <param name="nodes">The budget for all columns together.</param>
    /// <param name="progress">Is told after each column, the one in the centre first; what was not looked at yet has wide bounds.</param>
    public Analysis Analyse(Board board, long nodes = long.MaxValue, IProgress<Analysis>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nodes);
        var position = PositionOf(board);
        if (position.IsOver) return new Analysis([.. Column.All.Select(_ => (Bounds?)null)], Ended(position), 0);

        var columns = Column.All.Select(column => board.IsColumnFull(column) ? (Bounds?)null : position.Widest).ToArray();
        var visited = 0L;
        foreach (var column in FromCentre.Where(column => !board.IsColumnFull(column)))
        {
            var after = Answer(PositionOf(board.Drop(column)), toTheScore: true, Math.Max(nodes - visited, 0), null, cancellation);
            visited += after.Nodes;
            columns[column.Number - 1] = -after.Bounds;
            progress?.Report(Summary());
        }
        return Summary();

        Analysis Summary() => new([.. columns], new Bounds(columns.Max(bounds => bounds?.AtLeast)!.Value, columns.Max(bounds => bounds?.AtMost)!.Value), visited);
    }

    /// <summary>One perfect game from the position to its end; of several best columns the one nearest to the centre.</summary>
    public ImmutableArray<Column> BestLine(Board board, CancellationToken cancellation = default)
    {
        var line = ImmutableArray.CreateBuilder<Column>();
        var score = Solve(board, cancellation: cancellation).Score;
        while (!PositionOf(board).IsOver)
        {
            var best = FromCentre.First(column => !board.IsColumnFull(column) && Solve(board.Drop(column), cancellation: cancellation).Score == -score);
            line.Add(best);
            (board, score) = (board.Drop(best), -score);
        }
        return line.DrainToImmutable();
    }

    /// <summary>Forgets what it has found out, for measurements: takes no time worth mentioning whatever the table's size. Not while it is at work.</summary>
    public void Forget()
    {
        _early.Forget();
        _late.Forget();
    }

    /// <inheritdoc cref="Solve(Board, long, IProgress{Bounds}?, CancellationToken)"/>
    internal Solution Solve(Position position) => Answer(position, toTheScore: true, long.MaxValue, null, default);

    private static Position PositionOf(Board board)
    {
        var position = Position.Of(board);
        return Bits.HasFour(position.Own) ? throw new ArgumentException("The side to move has four in line already.", nameof(board)) : position;
    }

    private static Bounds Ended(Position position) => Bounds.Of(position.IsLost ? -Score.OfWinAt(position.Plies - 1) : 0);

    private Solution Answer(Position position, bool toTheScore, long nodes, IProgress<Bounds>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(nodes);
        if (position.IsOver) return new Solution(Ended(position), 0);
        if (position.WinningMoves != 0) return new Solution(Bounds.Of(Score.OfWinAt(position.Plies)), 0);
        if (_options.UsesBook && Book.Opening.Find(position) is { } score) return new Solution(Bounds.Of(score), 0);

        var quest = new Quest(position, toTheScore, nodes, progress, cancellation);
        Work(quest, null, Math.Min(nodes, _options.Threads == 1 ? nodes : Quest.WorthSharing));
        if (_options.Threads > 1 && !quest.IsOver)
        {
            var company = new Company();
            Parallel.For(0, _options.Threads, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, _ => Work(quest, company, nodes));
        }

        cancellation.ThrowIfCancellationRequested();
        return quest.Solution;
    }

    private void Work(Quest quest, Company? company, long nodes)
    {
        if (!_idle.TryTake(out var search)) search = new Search(_early, _late);
        try
        {
            quest.Pursue(search, company, nodes);
        }
        finally
        {
            _idle.Add(search);
        }
    }
}
