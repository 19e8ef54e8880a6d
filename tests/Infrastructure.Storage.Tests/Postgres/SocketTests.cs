using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Tests.Postgres;

/// <summary>A database on the same machine, reached by its socket and not over the network.</summary>
public sealed class SocketTests(PostgresCluster cluster)
{
    [Fact]
    public async Task A_game_is_stored_by_a_socket_as_over_the_network()
    {
        using var journal = new OpenPostgresJournal(cluster.Server.SocketConnectionString(cluster.Create()));
        var game = await journal.Start("g");

        Assert.Equal(AppendResult.Committed, await journal.Drop(game, 4));
        Assert.Equal(2, (await journal.Journal.Read(game.Id)).Length);
    }
}
