using System.Globalization;

namespace ConnectFour.Bench.Load;

/// <summary>What is measured: a server, or the nodes of a cluster, to which people are led in turns as by a proxy that knows nobody.</summary>
internal sealed record Target(Uri[] Addresses, int[] Processes)
{
    /// <summary>What a generator says when it begins to count.</summary>
    public const string Mark = "counting";

    private int _turn = -1;

    /// <summary>Whose turn it is.</summary>
    public Uri Next => For((int)((uint)Interlocked.Increment(ref _turn) % int.MaxValue));

    /// <summary>Seconds of processor time so far, of all.</summary>
    public double Cpu => Processes.Sum(Usage.Cpu);

    /// <summary>Resident memory of all.</summary>
    public double Megabytes => Processes.Sum(Usage.Megabytes);

    /// <param name="addresses">With commas between.</param>
    /// <param name="processes">As many.</param>
    public static Target From(string addresses, string processes) =>
        new([.. addresses.Split(',').Select(address => new Uri(address))], [.. processes.Split(',').Select(process => int.Parse(process, CultureInfo.InvariantCulture))]);

    /// <summary>The node of somebody with a number: the two of a pair are on different ones, if there are several.</summary>
    public Uri For(int number) => Addresses[number % Addresses.Length];
}
