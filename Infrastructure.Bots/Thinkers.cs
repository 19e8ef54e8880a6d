using System.Collections.Concurrent;
using ConnectFour.Application.Ports;
using ConnectFour.Engine;

namespace ConnectFour.Infrastructure.Bots;

/// <summary>
/// A bounded number of threads that think for the bots, one question after the other. They are none of the pool's: however many games bots play, those who serve people have their threads.
/// </summary>
internal sealed class Thinkers : IDisposable
{
    private readonly BlockingCollection<Question> _questions = [];
    private readonly Solver _solver;
    private readonly BotSettings _settings;
    private readonly Lock _lock = new();
    private readonly Random _seeds;

    public Thinkers(BotSettings settings, IRandomness randomness)
    {
        _settings = settings;
        _solver = new Solver(new SolverOptions { TableMegabytes = settings.TableMegabytes });
        _seeds = new Random(settings.Seed ?? Seed(randomness));
        for (var i = 0; i < settings.Thinkers; i++)
            new Thread(Think) { IsBackground = true, Name = "Bots think", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <summary>What a position is worth, as far as the budget of one move goes.</summary>
    public Task<Analysis> Analyse(Board board)
    {
        var question = new Question(board);
        _questions.Add(question);
        return question.Answer.Task;
    }

    /// <summary>A choice of its own for each move.</summary>
    public Opponent Opponent(Level level) => new(level, new Random(Next(int.MaxValue)));

    /// <summary>0 to <paramref name="below"/>, exclusive.</summary>
    public int Next(int below)
    {
        lock (_lock) return _seeds.Next(below);
    }

    public void Dispose() => _questions.CompleteAdding();

    private void Think()
    {
        foreach (var question in _questions.GetConsumingEnumerable())
        {
            try
            {
                question.Answer.SetResult(_solver.Analyse(question.Board, _settings.Nodes));
            }
            catch (Exception problem)
            {
                question.Answer.SetException(problem); // Whoever asked says so; the thread is for the others, too.
            }
        }
    }

    private static int Seed(IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        randomness.Fill(bytes);
        return BitConverter.ToInt32(bytes) & int.MaxValue;
    }

    private sealed record Question(Board Board)
    {
        public TaskCompletionSource<Analysis> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
