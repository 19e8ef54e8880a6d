using ConnectFour.Application.UseCases;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>A node that starts finds an empty Redis: it is the first of all, or Redis has just forgotten those who were there.</summary>
[Collection("One at a time")]
public sealed class StartTests : OnOwnRedis
{
    [Fact]
    public async Task What_the_others_know_is_put_back_before_a_node_that_knows_nothing_begins()
    {
        var old = await Nodes.Add(Redis.ConnectionString);
        await old.Connect("Ann");
        await old.Connect("Bob");
        await old.Send(new ChallengeCommand(UserName.From("Ann"), "Bob", null));

        await Redis.Kill();
        await Redis.StartAgain();
        await Condition.Holds(() => old.Get<RedisLink>().Restored > 0); // Who has no line to it yet can put nothing back.
        var young = await Nodes.Add(Redis.ConnectionString);

        Assert.NotNull((await young.Find("Bob"))?.Invitation);
        Assert.NotNull((await old.Find("Bob"))?.Invitation);
    }

    [Fact]
    public async Task The_first_of_all_begins_within_2_s()
    {
        await (await RedisNode.Start(Redis.ConnectionString)).DisposeAsync(); // What is done for the first time takes longer.
        await Redis.Ask("FLUSHALL");
        var begun = TimeProvider.System.GetTimestamp();

        await Nodes.Add(Redis.ConnectionString);

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0, 2);
    }
}
