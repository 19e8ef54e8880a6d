using System.Globalization;

namespace ConnectFour.Hostile;

/// <summary>What the server says of itself at one moment, as an operator reads it.</summary>
/// <param name="After">The time since the run began.</param>
/// <param name="Resident">MB of memory that the process has: VmRSS.</param>
/// <param name="Heap">MB on the managed heap after its latest collection.</param>
internal sealed record SoakFigures(TimeSpan After, double Resident, double Heap, int Connections, int Users, int Games)
{
    public const string Head = "minute   VmRSS MB   heap MB   connections   users   games";

    public bool IsEmpty => (Connections, Users, Games) == (0, 0, 0);

    public static SoakFigures Read(string prometheus, TimeSpan after)
    {
        return new SoakFigures(
            after, Value("dotnet_process_memory_working_set_bytes") / 1e6, Value("dotnet_gc_last_collection_heap_size_bytes") / 1e6,
            (int)Value("connectfour_connections"), (int)Value("connectfour_users_online"), (int)Value("connectfour_games_active"));

        double Value(string name) => Prometheus.Value(prometheus, name);
    }

    /// <summary>MB in 10 minutes, by linear regression.</summary>
    public static double Growth(IReadOnlyCollection<SoakFigures> figures)
    {
        var (time, memory) = (figures.Average(one => one.After.TotalMinutes), figures.Average(one => one.Resident));
        return 10 * figures.Sum(one => (one.After.TotalMinutes - time) * (one.Resident - memory)) / figures.Sum(one => Math.Pow(one.After.TotalMinutes - time, 2));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{After.TotalMinutes,6:0.0}   {Resident,8:0.0}   {Heap,7:0.0}   {Connections,11}   {Users,5}   {Games,5}");
}
