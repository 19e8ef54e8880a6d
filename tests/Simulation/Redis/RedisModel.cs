using System.Globalization;
using ConnectFour.Infrastructure.Redis;
using StackExchange.Redis;

namespace ConnectFour.Simulation.Tests.Redis;

/// <summary>What Redis does with the few things that are asked of it. <see cref="RedisModelTests"/> holds it against a real one.</summary>
/// <param name="clock">Redis's clock, in microseconds since 1970.</param>
internal sealed class RedisModel(Func<long> clock)
{
    private readonly Dictionary<string, Dictionary<string, string>> _hashes = [];
    private readonly Dictionary<string, List<Entry>> _streams = [];
    private readonly Dictionary<string, Dictionary<string, long>> _sets = [];
    private readonly Dictionary<string, (long Value, long Until)> _numbers = [];

    /// <summary>Somebody says something on a channel.</summary>
    public event Action<string, string>? Published;

    public RedisResult Run(string script, RedisKey[] keys, RedisValue[] values)
    {
        var (names, texts) = (Array.ConvertAll(keys, key => key.ToString()), Array.ConvertAll(values, value => value.ToString()));
        return script switch
        {
            Scripts.Read => Read(Hash(names[0]), texts),
            Scripts.Commit => Commit(Hash(names[0]), Stream(names[1]), names[2], texts),
            Scripts.Begin => Begin(Hash(names[0]), Stream(names[1]), texts),
            Scripts.Beat => Beat(Hash(names[0]), Set(names[1]), texts),
            Scripts.Count => Count(names[0], names[1], texts),
            _ => throw new ArgumentException("The model does not know this script.", nameof(script)),
        };
    }

    public HashEntry[] All(string hash) => [.. Hash(hash).Select(entry => new HashEntry(entry.Key, entry.Value))];

    /// <param name="from">An id such as <c>5-0</c>.</param>
    public StreamEntry[] Range(string stream, string from, int most) =>
        [.. Stream(stream).SkipWhile(entry => entry.Id < Number(from.Split('-')[0])).Take(most).Select(entry => new StreamEntry($"{entry.Id}-0", [new NameValueEntry("mark", entry.Mark), new NameValueEntry("m", entry.Text)]))];

    public void Publish(string channel, string text) => Published?.Invoke(channel, text);

    public void Flush()
    {
        _hashes.Clear();
        _streams.Clear();
        _sets.Clear();
        _numbers.Clear();
    }

    private static RedisResult Read(Dictionary<string, string> users, string[] names)
    {
        var answer = new List<string> { users.GetValueOrDefault("#epoch", ""), users.GetValueOrDefault("#version", "0") };
        var seen = new HashSet<string>();
        foreach (var name in names)
            if (Add(name) is { } value && PartnerIn(value) is { } partner && partner != "-") Add(partner);
        return Answer(answer);

        string? Add(string name)
        {
            if (!seen.Add(name)) return null;
            var value = users.GetValueOrDefault(name);
            answer.AddRange([name, value ?? ""]);
            return value;
        }
    }

    private RedisResult Commit(Dictionary<string, string> users, List<Entry> log, string operation, string[] values)
    {
        if (users.GetValueOrDefault("#epoch") != values[0] || Number(users["#version"]) < Number(values[1])) return Answer(["epoch"]);
        if (Find(operation) is { } before) return Answer(["done", Text(before)]);
        if (clock() > Number(values[3])) return Answer(["late"]);
        var last = 9 + 2 * (int)Number(values[8]);
        for (var i = 9; i < last; i += 2)
            if ((users.TryGetValue(values[i], out var value) ? VersionIn(value) : "") != values[i + 1]) return Answer(["changed"]);

        var (version, mark) = (Number(users["#version"]) + 1, users.GetValueOrDefault("#mark", ""));
        Append(log, new Entry(version, values[2], values[5]));
        (users["#version"], users["#mark"]) = (Text(version), values[2]);
        for (var i = last; i < values.Length; i += 3)
            if (values[i + 2] == "") users.Remove(values[i]);
            else users[values[i]] = $"{version} {values[i + 1]} {values[i + 2]}";
        _numbers[operation] = (version, clock() + 1_000_000 * Number(values[7]));
        Publish(values[4], $"{values[0]} {version} {mark} {values[2]} {values[5]}");
        return Answer(["done", Text(version)]);
    }

    private RedisResult Begin(Dictionary<string, string> users, List<Entry> log, string[] values)
    {
        var known = Number(values[1]);
        if (users.ContainsKey("#epoch") && (Number(users["#version"]) > known || Number(users["#version"]) == known && users.GetValueOrDefault("#mark") == values[2])) return RedisResult.Create(0);
        var version = (known == 0 ? clock() : known) + 1;
        users.Clear();
        log.Clear();
        Append(log, new Entry(version, values[0], ""));
        (users["#epoch"], users["#version"], users["#mark"]) = (values[0], Text(version), values[0]);
        for (var i = 4; i < values.Length; i += 2) users[values[i]] = values[i + 1];
        Publish(values[3], $"{values[0]} {version} - {values[0]} ");
        return RedisResult.Create(1);
    }

    private RedisResult Beat(Dictionary<string, string> users, Dictionary<string, long> nodes, string[] values)
    {
        var now = clock();
        nodes[values[0]] = now;
        foreach (var (node, _) in nodes.Where(node => node.Value <= now - Number(values[1])).ToArray()) nodes.Remove(node);
        return Answer([
            users.GetValueOrDefault("#epoch", ""), users.GetValueOrDefault("#version", "0"), users.GetValueOrDefault("#mark", ""), Text(now),
            .. nodes.OrderBy(node => node.Value).ThenBy(node => node.Key, StringComparer.Ordinal).SelectMany(node => (string[])[node.Key, Text(node.Value)])]);
    }

    private RedisResult Count(string counter, string operation, string[] values)
    {
        var window = 1_000 * Number(values[1]);
        var isNew = Find(operation) is null;
        if (isNew) _numbers[operation] = (0, clock() + window);
        var (count, until) = Find(counter) is { } before ? (before, _numbers[counter].Until) : (0, clock() + window);
        if (isNew) count += Number(values[0]);
        _numbers[counter] = (count, until);
        return RedisResult.Create([RedisResult.Create(count), RedisResult.Create((until - clock()) / 1_000)]);
    }

    private static void Append(List<Entry> log, Entry entry)
    {
        if (log is [.., var last] && last.Id >= entry.Id) throw new RedisServerException("ERR The ID specified in XADD is equal or smaller than the target stream top item");
        log.Add(entry);
    }

    private long? Find(string key) => _numbers.TryGetValue(key, out var number) && number.Until > clock() ? number.Value : null;

    private Dictionary<string, string> Hash(string key) => _hashes.TryGetValue(key, out var hash) ? hash : _hashes[key] = [];

    private List<Entry> Stream(string key) => _streams.TryGetValue(key, out var stream) ? stream : _streams[key] = [];

    private Dictionary<string, long> Set(string key) => _sets.TryGetValue(key, out var set) ? set : _sets[key] = [];

    private static string VersionIn(string value) => value[..value.IndexOf(' ', StringComparison.Ordinal)];

    private static string PartnerIn(string value) => value.Split(' ', 3)[1];

    private static RedisResult Answer(IEnumerable<string> texts) => RedisResult.Create([.. texts.Select(text => (RedisValue)text)]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Entry(long Id, string Mark, string Text);
}
