namespace ConnectFour.Chaos;

/// <summary>The promise: what the server has acknowledged is in the game for ever, exactly once, whichever process dies.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Pairs = 50;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again()
    {
        await using var server = await ServerProcess.Published(RunSettings.Server);

        var run = await KillRun.Of(server, Pairs, KillRun.Cycles);

        output.WriteLine($"seed {RunSettings.Seed}\n{run.Figures}\n{string.Join('\n', server.Complaints.Take(20))}");
        Assert.Empty(run.Violations);
        Assert.Equal(0, run.Exit);
        Assert.True(run.Figures is { Ok: > 1_000, Unknown: > 0, Finished: > 10 } && run.Figures.Ends.ContainsKey("flag"), "The run was worth nothing.");
    }
}
