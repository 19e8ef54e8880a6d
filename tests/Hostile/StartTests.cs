namespace ConnectFour.Hostile;

public sealed class StartTests
{
    [Fact]
    public async Task The_server_starts_and_stops_with_exit_code_0()
    {
        await using var server = await ServerProcess.Published();

        Assert.Equal(0, await server.Stop());
    }
}
