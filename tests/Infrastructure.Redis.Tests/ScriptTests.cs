using StackExchange.Redis;
using Condition = ConnectFour.TestKit.Condition;

namespace ConnectFour.Infrastructure.Redis.Tests;

[Collection("One at a time")]
public sealed class ScriptTests(SharedRedis redis) : IAsyncLifetime
{
    private const long Later = 8_000_000_000_000_000;

    private ConnectionMultiplexer? _connection;

    private IDatabase Database => _connection!.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        await redis.Server.Ask("FLUSHALL");
        _connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        await Database.ScriptEvaluateAsync(Scripts.Begin, [Keys.Users, Keys.Log], ["epoch", 0, "", "channel", "ANN", "5 - {}"]);
    }

    public ValueTask DisposeAsync() => _connection!.DisposeAsync();

    [Fact]
    public void All_keys_of_a_script_lie_in_one_slot()
    {
        RedisKey[] lobby = [Keys.Users, Keys.Log, Keys.Nodes, Keys.Operation("1"), Keys.Operation("2")];

        Assert.Single(lobby.Select(key => _connection!.HashSlot(key)).Distinct());
    }

    [Fact]
    public async Task The_same_operation_again_is_answered_the_same_and_neither_stored_nor_told_twice()
    {
        var told = 0;
        await _connection!.GetSubscriber().SubscribeAsync(RedisChannel.Literal("channel"), (_, _) => Interlocked.Increment(ref told));

        var first = await Commit("op", "5");
        var again = await Commit("op", "5");
        var other = await Commit("other", first[1]);

        Assert.Equal("done", first[0]);
        Assert.Equal(first, again);
        Assert.Equal(long.Parse(first[1], null) + 1, long.Parse(other[1], null));
        await Condition.Holds(() => told == 2);
        Assert.Equal(["epoch", "op", "other"], (await Database.StreamRangeAsync(Keys.Log)).Select(entry => (string?)entry["mark"]));
    }

    [Theory]
    [InlineData("4", long.MaxValue, "epoch", 0, "changed")]
    [InlineData("", long.MaxValue, "epoch", 0, "changed")]
    [InlineData("5", 1, "epoch", 0, "late")]
    [InlineData("5", long.MaxValue, "another", 0, "epoch")]
    [InlineData("5", long.MaxValue, "epoch", Later, "epoch")]
    public async Task What_may_not_be_stored_changes_nothing(string version, long notAfter, string epoch, long known, string answer)
    {
        var before = await Database.HashGetAllAsync(Keys.Users);

        var refused = await Commit("op", version, notAfter, epoch, known);

        Assert.Equal([answer], refused);
        Assert.Equal(before, await Database.HashGetAllAsync(Keys.Users));
        Assert.Equal(1, await Database.StreamLengthAsync(Keys.Log));
        Assert.False(await Database.KeyExistsAsync(Keys.Operation("op")));
    }

    [Fact]
    public async Task A_lobby_that_is_there_does_not_begin_again()
    {
        var version = (long)await Database.HashGetAsync(Keys.Users, "#version");

        var anew = await Begin(0, "");
        var shorter = await Begin(version - 1, "mark");
        var same = await Begin(version, "epoch");

        Assert.Equal([false, false, false], [anew, shorter, same]);
        Assert.Equal("epoch", await Database.HashGetAsync(Keys.Users, "#epoch"));
    }

    [Theory]
    [InlineData(1, "epoch")]
    [InlineData(0, "mark")]
    public async Task Whoever_knows_more_than_is_there_or_as_much_and_something_else_puts_that_in_its_place(int more, string mark)
    {
        var known = (long)await Database.HashGetAsync(Keys.Users, "#version") + more;

        var begun = await Begin(known, mark);

        Assert.True(begun);
        Assert.Equal(known + 1, (long)await Database.HashGetAsync(Keys.Users, "#version"));
        Assert.Equal(["#epoch", "#mark", "#version"], (await Database.HashKeysAsync(Keys.Users)).Select(field => field.ToString()).Order());
    }

    [Fact]
    public async Task Versions_grow_even_if_Redis_forgot_the_lobby_and_its_clock_went_back()
    {
        await redis.Server.Ask("FLUSHALL");

        await Begin(Later, "mark");

        Assert.Equal(Later + 1, (long)await Database.HashGetAsync(Keys.Users, "#version"));
    }

    [Fact]
    public async Task What_is_counted_again_because_the_answer_was_lost_counts_once()
    {
        var counts = new List<long>();
        foreach (var operation in (string[])["a", "a", "b"])
            counts.Add(((long[])(await Database.ScriptEvaluateAsync(Scripts.Count, [Keys.Counter("what"), Keys.Counted(operation)], [2, 60_000]))!)[0]);

        Assert.Equal([2, 2, 4], counts);
        Assert.Equal(_connection!.HashSlot(Keys.Counter("what")), _connection.HashSlot(Keys.Counted("a")));
    }

    [Fact]
    public async Task Who_is_read_is_read_with_their_partner()
    {
        await Database.HashSetAsync(Keys.Users, [new("ANN", "5 BOB {}"), new("BOB", "6 ANN {}"), new("CY", "7 - {}")]);

        var answer = (string[])(await Database.ScriptEvaluateAsync(Scripts.Read, [Keys.Users], ["ANN", "DAN"]))!;

        Assert.Equal("epoch", answer[0]);
        Assert.Equal(["ANN", "5 BOB {}", "BOB", "6 ANN {}", "DAN", ""], answer[2..]);
    }

    private async Task<bool> Begin(long known, string mark) => (int)await Database.ScriptEvaluateAsync(Scripts.Begin, [Keys.Users, Keys.Log], ["other", known, mark, "channel"]) == 1;

    private async Task<string[]> Commit(string operation, string version, long notAfter = long.MaxValue, string epoch = "epoch", long known = 0) => (string[])(await Database.ScriptEvaluateAsync(
        Scripts.Commit, [Keys.Users, Keys.Log, Keys.Operation(operation)], [epoch, known, operation, notAfter, "channel", "{}", 100, 60, 1, "ANN", version, "ANN", "-", "{}"]))!;
}
