using System.ComponentModel.DataAnnotations;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>How the journal behaves under load. Each is a setting under <c>ConnectFour:Storage</c>.</summary>
public sealed class StorageSettings
{
    /// <summary>Appends that may wait for the disk, or the database; beyond that they are answered <c>overloaded</c> at once. At 10,000 a second this is less than half a second's.</summary>
    [Range(1, 1_000_000)]
    public int Queue { get; set; } = 4_096;

    /// <summary>On SQLite: appends that are committed together at most: a bound on how long the first of them waits for the last.</summary>
    [Range(1, 100_000)]
    public int Group { get; set; } = 512;

    /// <summary>On PostgreSQL: lines on which the journal writes at once. All lines together are bounded by the connection string (Maximum Pool Size, 32 if it says nothing).</summary>
    [Range(1, 1_000)]
    public int Connections { get; set; } = 16;

    /// <summary>How long a player waits for the disk, or the database, before they are told <c>pending</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);
}
