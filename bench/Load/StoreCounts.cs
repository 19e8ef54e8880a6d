using System.Globalization;
using ConnectFour.TestKit;

namespace ConnectFour.Bench.Load;

/// <summary>What Redis and PostgreSQL were asked, as they count it themselves, and their processor time for it in seconds.</summary>
/// <param name="Commands">Of Redis, by name; those that its scripts give are among them.</param>
/// <param name="Sent">Bytes that Redis has sent.</param>
internal sealed record StoreCounts(Dictionary<string, long> Commands, long Sent, double RedisCpu, Dictionary<string, long> Statements, double PostgresCpu)
{
    /// <summary>Decisions about the lobby that were stored and told: each adds one message to the log, and nothing else does.</summary>
    public long LobbyChanges => Commands.GetValueOrDefault("xadd");

    /// <summary>Scripts, and messages that no script has published.</summary>
    public long RoundTrips => Commands.GetValueOrDefault("evalsha") + Commands.GetValueOrDefault("eval") + Commands.GetValueOrDefault("publish") - LobbyChanges;

    public StoreCounts Since(StoreCounts before) => new(
        Commands.Since(before.Commands), Sent - before.Sent, RedisCpu - before.RedisCpu, Statements.Since(before.Statements), PostgresCpu - before.PostgresCpu);

    /// <summary>All of it, for each of so many.</summary>
    public string Each(double count) => string.Create(CultureInfo.InvariantCulture, $"Redis {RoundTrips / count:0.00} round trips, {Sent / count:0} bytes sent, {Micro(RedisCpu, count):0} µs; PostgreSQL {Statements.Values.Sum() / count:0.00} statements, {Micro(PostgresCpu, count):0} µs");

    /// <summary>Which commands and statements they were, but for the rare ones.</summary>
    public IEnumerable<string> Kinds(double count) =>
        from kind in Commands.Concat(Statements)
        let each = kind.Value / count
        where each >= 0.005
        orderby each descending
        select string.Create(CultureInfo.InvariantCulture, $"{each,8:0.00} {Start(kind.Key)}");

    private static double Micro(double seconds, double count) => seconds * 1_000_000 / count;

    private static string Start(string statement) => string.Join(' ', statement.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(12));
}
