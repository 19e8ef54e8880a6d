using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConnectFour.Simulation.Tests;

/// <summary>What several runs were worth.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, int> _ends = new[] { "four", "full", "forfeit", "flag", "absence" }.ToDictionary(reason => reason, _ => 0);
    private readonly Dictionary<Fault, int> _faults = Enum.GetValues<Fault>().ToDictionary(fault => fault, _ => 0);

    /// <summary>On the mean, of each run.</summary>
    private const int LeastGames = 4;

    /// <summary>The same: many times more of those that are likely at each question, a few of those that are the only thing that happens.</summary>
    private const double LeastFaults = 0.2;

    private readonly StringBuilder _hashes = new();

    public int Runs { get; private set; }

    public int Games { get; private set; }

    public int Moves { get; private set; }

    /// <summary>What a run of nothing but good luck does not come to: games, games that ended, each kind of end, and each kind of fault.</summary>
    /// <returns>What is missing.</returns>
    public IEnumerable<string> Missing()
    {
        if (Games < LeastGames * Runs) yield return $"{Games} games in {Runs} runs are too few.";
        if (_ends.Values.Sum() != Games) yield return $"Of {Games} games, {_ends.Values.Sum()} ended.";
        foreach (var (reason, _) in _ends.Where(end => end.Value == 0)) yield return $"No game ended by {reason}.";
        foreach (var (fault, times) in _faults.Where(fault => fault.Value < Runs * LeastFaults)) yield return $"{fault} happened {times} times.";
    }

    /// <summary>Of all that happened in all runs: the same for the same seeds, in whichever process.</summary>
    public string Hash => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(_hashes.ToString())));

    public void Add(Simulation run)
    {
        _hashes.Append(run.Hash());
        (Runs, Games, Moves) = (Runs + 1, Games + run.Games, Moves + run.Moves);
        foreach (var game in run.World.Database.Games)
            if (game.Outcome is { } outcome) _ends[HistoryChecker.Reason(outcome)]++;
        foreach (var fault in Enum.GetValues<Fault>()) _faults[fault] += run.World.Faults.Count(fault);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Runs} seeds, {Games} games, {Moves} moves\nends: {string.Join(", ", _ends.Select(end => $"{end.Value} {end.Key}"))}\nfaults: {string.Join(", ", _faults.Select(fault => $"{fault.Value} {fault.Key}"))}\nhash: {Hash}");
}
