namespace ConnectFour.Chaos;

/// <summary>Each switch breaks the promise in one way; that the same run notices shows what <see cref="KillTests"/> are worth.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("AcknowledgeBeforeCommit", Promise.AcknowledgedIsThere)]
    [InlineData("PublishBeforeCommit", Promise.ViewsMatch)]
    [InlineData("NoDedupe", Promise.AcknowledgedIsThere)]
    [InlineData("DeadlineWithoutVersionCheck", Promise.GamesAreLegal)]
    public async Task A_server_that_breaks_its_promise_is_found_out(string mutation, object broken)
    {
        await using var server = await Killing.StartMutant(mutation, RunSettings.Server);

        var run = await KillRun.Of(server, pairs: 20, cycles: 3, untilFlagsFall: broken is Promise.GamesAreLegal);

        output.WriteLine($"{run.Figures}\n{string.Join('\n', run.Violations.Take(5))}");
        Assert.Contains(run.Violations, violation => violation.Broken.Equals(broken));
    }
}
