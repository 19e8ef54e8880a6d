using System.Globalization;
using ConnectFour.Infrastructure.Redis;
using StackExchange.Redis;

namespace ConnectFour.Simulation.Tests.Redis;

/// <summary>The model and a real Redis are asked the same, at random, and answer the same.</summary>
public sealed class RedisModelTests : IAsyncLifetime
{
    private const string Channel = "channel";
    private const int Questions = 300;

    /// <summary>Later than any clock shows: what would follow from Redis's clock then follows from this.</summary>
    private const long Later = 8_000_000_000_000_000;

    /// <summary>How far the two may be apart in time on a busy machine, in milliseconds: much less than the minute that is counted in.</summary>
    private const long Slow = 20_000;

    private static readonly string[] Names = ["ANN", "BOB", "CY", "DAN"];

    private readonly RedisModel _model = new(() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
    private readonly List<string> _told = [];
    private readonly List<string> _toldByModel = [];
    private RedisServer? _server;
    private RedisClient? _redis;

    private RedisClient Redis => _redis!;

    private long Known => Math.Max(Later, long.Parse($"0{Field("#version")}", CultureInfo.InvariantCulture));

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.Start();
        _redis = new RedisClient(RedisClient.Options(_server.ConnectionString));
        await Redis.Open();
        await Redis.Subscribe(RedisChannel.Literal(Channel), text => { lock (_told) _told.Add(text); });
        _model.Published += (_, text) => _toldByModel.Add(text);
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null) await _redis.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_asked_the_model_answers_as_Redis_does(int seed)
    {
        var random = new Random(seed);

        for (var i = 0; i < Questions; i++)
        {
            var (script, keys, values) = Question(random);
            var (theirs, ours) = (await Answer(() => Redis.Run(script, keys, values)), await Answer(() => Task.FromResult(_model.Run(script, keys, values))));
            Assert.Equal(Comparable(script, theirs), Comparable(script, ours));
            if (script == Scripts.Count) Assert.InRange(long.Parse(theirs[1], CultureInfo.InvariantCulture) - long.Parse(ours[1], CultureInfo.InvariantCulture), -Slow, Slow);
            if (random.Next(60) != 0) continue;
            _model.Flush();
            await _server!.Ask("FLUSHALL");
        }

        Assert.Equal((await Redis.All(Keys.Users)).Select(entry => $"{entry}").Order(), _model.All(Keys.Users.ToString()).Select(entry => $"{entry}").Order());
        foreach (var (from, most) in ((long, int)[])[(0, 500), (Later + 3, 2), (Later + 1_000_000, 5)])
            Assert.Equal((await Redis.Range(Keys.Log, $"{from}-0", most)).Select(Text), _model.Range(Keys.Log.ToString(), $"{from}-0", most).Select(Text));
        await TestKit.Condition.Holds(() => { lock (_told) return _told.Count >= _toldByModel.Count; });
        Assert.Equal(_toldByModel, _told);
        Assert.True(_told.Count > Questions / 10);
    }

    private (string Script, RedisKey[] Keys, RedisValue[] Values) Question(Random random)
    {
        var epoch = random.Next(8) == 0 ? "another" : "epoch";
        return random.Next(10) switch
        {
            0 => (Scripts.Begin, [Keys.Users, Keys.Log], [epoch, random.Next(4) == 0 ? Later : Known + random.Next(-1, 2), random.Next(2) == 0 ? Field("#mark") : "mark", Channel, "ANN", "5 BOB {}", "BOB", "6 ANN {}"]),
            1 => (Scripts.Beat, [Keys.Users, Keys.Nodes], [$"node{random.Next(3)}", 3_600_000_000]),
            2 => (Scripts.Count, [Keys.Counter($"{random.Next(2)}"), Keys.Counter($"op{random.Next(20)}")], [random.Next(1, 4), 60_000]),
            3 or 4 => (Scripts.Read, [Keys.Users], [.. Some(random, 0).Select(name => (RedisValue)name)]),
            _ => (Scripts.Commit, [Keys.Users, Keys.Log, Keys.Operation($"{random.Next(30)}")], [.. Commit(random, epoch)]),
        };
    }

    private IEnumerable<RedisValue> Commit(Random random, string epoch)
    {
        var (read, known) = (Some(random, 0), _model.All(Keys.Users.ToString()).ToDictionary(entry => entry.Name.ToString(), entry => entry.Value.ToString().Split(' ')[0]));
        yield return epoch;
        yield return random.Next(8) == 0 ? Known + 1 : Known;
        yield return $"mark{random.Next(1_000)}";
        yield return random.Next(8) == 0 ? 1 : long.MaxValue;
        yield return Channel;
        yield return $"message {random.Next(100)}";
        yield return 10_000;
        yield return 120;
        yield return read.Length;
        foreach (var name in read)
        {
            yield return name;
            yield return random.Next(10) == 0 ? "5" : known.GetValueOrDefault(name, "");
        }
        foreach (var name in Some(random, 1))
        {
            yield return name;
            yield return random.Next(2) == 0 ? "-" : Names[random.Next(Names.Length)];
            yield return random.Next(4) == 0 ? "" : $$"""{"is":{{random.Next(100)}}}""";
        }
    }

    private string Field(string name) => _model.All(Keys.Users.ToString()).FirstOrDefault(entry => entry.Name == name).Value.ToString();

    private static string[] Some(Random random, int least)
    {
        var names = Names.ToArray();
        random.Shuffle(names);
        return names[..random.Next(least, names.Length + 1)];
    }

    private static async Task<string[]> Answer(Func<Task<RedisResult>> ask)
    {
        try
        {
            var answer = await ask();
            return answer.Length < 0 ? [$"{answer}"] : (string[])answer!;
        }
        catch (RedisServerException)
        {
            return ["an error"];
        }
    }

    /// <summary>Redis's clock is not ours: what it shows is left out.</summary>
    private static string[] Comparable(string script, string[] answer) => script switch
    {
        Scripts.Beat => [.. answer[..3], .. answer[4..].Where((_, i) => i % 2 == 0)],
        Scripts.Count => [answer[0]],
        _ => answer,
    };

    private static string Text(StreamEntry entry) => $"{entry.Id} {entry["mark"]} {entry["m"]}";
}
