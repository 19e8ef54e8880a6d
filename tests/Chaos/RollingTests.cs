using Npgsql;

namespace ConnectFour.Chaos;

/// <summary>While nodes are replaced one by one by those of another build, both builds play the same games.</summary>
public sealed class RollingTests(ITestOutputHelper output)
{
    private const int Pairs = 20;

    /// <summary>In each, every node is replaced once: by the later build, and by this one again.</summary>
    private static int Rotations => RunSettings.Number("CONNECTFOUR_CHAOS_ROTATIONS", 2);

    [Fact]
    public async Task F21_No_game_fails_while_nodes_of_two_builds_take_turns()
    {
        await using var cluster = await ClusterRun.Start();
        await Migrate(cluster.Database);
        var history = new History();
        var clients = Company.Of(Pairs, () => cluster.Somewhere, history);
        var playing = Task.WhenAll(clients.Select(client => client.Play()));

        var exits = new List<int>();
        for (var rotation = 0; rotation < Rotations; rotation++)
            foreach (var node in cluster.Nodes)
            {
                exits.Add(await node.Stop());
                if (rotation % 2 == 0) node.Become(Killing.Mutants, "--Mutation", "LaterVersion");
                else node.Become(ServerProcess.PublishedProgram);
                await node.StartAgain();
            }
        Array.ForEach(clients, client => client.Finish());
        await playing.WaitAsync(RunSettings.Patience);
        exits.AddRange(await Task.WhenAll(cluster.Nodes.Select(node => node.Stop())));

        var (journal, figures) = (Journal.OfPostgres(cluster.Database), Figures.Of(history));
        var complaints = cluster.Nodes.SelectMany(node => node.Complaints).ToArray();
        output.WriteLine($"{figures}\n{string.Join('\n', complaints.Take(30))}");
        Assert.Empty(HistoryChecker.Check(history, journal.Games, journal.Users, ClusterRun.Graces));
        Assert.All(exits, exit => Assert.Equal(0, exit));
        Assert.DoesNotContain(complaints, complaint => complaint.Contains("Exception", StringComparison.Ordinal));
        Assert.True(figures is { Ok: > 1_000, Finished: > 10 }, "The run was worth nothing.");
    }

    /// <summary>As a later version does before its first node starts: it adds, and changes nothing.</summary>
    private static async Task Migrate(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        foreach (var table in (string[])["games", "events", "users"])
        {
            await using var command = new NpgsqlCommand($"ALTER TABLE {table} ADD COLUMN later text NOT NULL DEFAULT 'later'", connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
