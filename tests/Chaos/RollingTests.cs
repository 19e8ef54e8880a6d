using Npgsql;

namespace ConnectFour.Chaos;

/// <summary>While nodes are replaced one by one by those of another build, both builds play the same games.</summary>
public sealed class RollingTests(ITestOutputHelper output)
{
    private const int Pairs = 20, Onlookers = 10;

    /// <summary>Until who was on a node that ends is welcomed on another.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

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
        using var end = new CancellationTokenSource();
        var looking = Task.WhenAll(Enumerable.Range(1, Onlookers).Select(number => LookOn(cluster, $"Onlooker{number}", end.Token)));

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
        await end.CancelAsync();
        TimeSpan[] away = [.. (await looking).SelectMany(times => times).Order()];
        exits.AddRange(await Task.WhenAll(cluster.Nodes.Select(node => node.Stop())));

        var (journal, figures) = (Journal.OfPostgres(cluster.Database), Figures.Of(history));
        var complaints = cluster.Nodes.SelectMany(node => node.Complaints).ToArray();
        output.WriteLine($"{figures}\n{away.Length} times elsewhere, after {away[away.Length / 2].TotalSeconds:0.00} s p50, {away[away.Length * 99 / 100].TotalSeconds:0.00} s p99\n{string.Join('\n', complaints.Take(30))}");
        Assert.Empty(HistoryChecker.Check(history, journal.Games, journal.Users, ClusterRun.Graces));
        Assert.All(exits, exit => Assert.Equal(0, exit));
        Assert.DoesNotContain(complaints, complaint => complaint.Contains("Exception", StringComparison.Ordinal));
        Assert.InRange(away[away.Length * 99 / 100], TimeSpan.Zero, Elsewhere);
        Assert.True(away.Length > Onlookers, "Hardly anybody had to go elsewhere.");
        Assert.True(figures is { Ok: > 1_000, Finished: > 10 }, "The run was worth nothing.");
    }

    /// <summary>Stays, and goes elsewhere whenever the line ends.</summary>
    /// <returns>How long each time took until the next welcome.</returns>
    private static async Task<IReadOnlyList<TimeSpan>> LookOn(Cluster cluster, string name, CancellationToken end)
    {
        var (away, gone, token) = (new List<TimeSpan>(), 0L, (string?)null);
        while (true)
        {
            try
            {
                using var guest = await Guest.Join(cluster.Somewhere, name, token);
                if (token is not null) away.Add(TimeProvider.System.GetElapsedTime(gone));
                token = guest.Token;
                await guest.Gone.WaitAsync(end);
                gone = TimeProvider.System.GetTimestamp();
            }
            catch (IOException)
            {
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None); // Nobody is there; somebody else is.
            }
            catch (OperationCanceledException)
            {
                return away;
            }
        }
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
