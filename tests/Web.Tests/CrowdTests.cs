using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.WebSockets;

namespace ConnectFour.Web.Tests;

/// <summary>What these tests measure is the whole process's, so no other test runs meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Many clients at once, over real sockets.</summary>
[Collection(nameof(Alone))]
public sealed class CrowdTests
{
    private const int Games = 100;

    [Fact]
    public async Task Two_hundred_clients_play_a_hundred_games_at_once_and_memory_returns_to_where_it_was()
    {
        await using var server = await RunningServer.Start(
            "--ConnectFour:Limits:ConnectionsPerAddress", "1000", "--ConnectFour:Lobby:GraceWithoutGame", "00:00:00");

        // The first rounds warm up: code is compiled, buffers and pools grow to the size that 200 connections need.
        for (var round = 0; round < 2; round++) await PlayRound(server, round);
        await Settle(server);
        var before = Heap();
        var sessions = new List<WeakReference>();
        for (var round = 2; round < 5; round++) sessions.AddRange(await PlayRound(server, round));
        await Settle(server);

        Assert.Equal(600, sessions.Count);
        await Condition.Holds(() => Heap() < before + 600 * 4_096 && !sessions.Exists(session => session.IsAlive));
    }

    [Fact]
    public async Task One_user_plays_ten_games_and_no_eleventh()
    {
        await using var server = await RunningServer.Start("--ConnectFour:Limits:Burst", "1000");
        using var busy = new Bot("Busy");
        await busy.Join(server.Address);
        await busy.Ask(new() { ["type"] = "open", ["more"] = true });
        var others = new List<Bot>();
        for (var i = 0; i < 11; i++)
        {
            others.Add(new Bot($"Other{i}"));
            await others[i].Join(server.Address);
            if (i < 10)
            {
                await others[i].Ask(new() { ["type"] = "challenge", ["opponent"] = "Busy" });
                await busy.Ask(new() { ["type"] = "accept", ["opponent"] = others[i].Name });
            }
        }

        var sent = await Assert.ThrowsAsync<InvalidOperationException>(() => busy.Ask(new() { ["type"] = "challenge", ["opponent"] = "Other10" }));
        var received = await Assert.ThrowsAsync<InvalidOperationException>(() => others[10].Ask(new() { ["type"] = "challenge", ["opponent"] = "Busy" }));

        Assert.Contains("too_many_games", sent.Message, StringComparison.Ordinal);
        Assert.Contains("opponent_is_busy", received.Message, StringComparison.Ordinal);
        others.ForEach(bot => bot.Dispose());
    }

    /// <summary>Plays it, and gives back what the server held of each connection.</summary>
    private static async Task<WeakReference[]> PlayRound(RunningServer server, int round)
    {
        var pairs = Enumerable.Range(0, Games).Select(i => (Ann: new Bot($"Ann{round}x{i}"), Bob: new Bot($"Bob{round}x{i}"), Moves: Script(round * Games + i))).ToArray();
        await Task.WhenAll(pairs.SelectMany(pair => (Task[])[pair.Ann.Join(server.Address), pair.Bob.Join(server.Address)]));
        var sessions = server.Get<Sessions>().All.Select(session => new WeakReference(session)).ToArray();

        await Task.WhenAll(pairs.Select(pair => Play(pair.Ann, pair.Bob, pair.Moves)));

        Assert.All(pairs, pair =>
        {
            Assert.Equal(pair.Moves.ToString(), pair.Ann.Moves);
            Assert.Equal(pair.Moves.ToString(), pair.Bob.Moves);
            Assert.Equal(pair.Moves.Board.Winner is { } winner ? $"{(int)winner} four" : "nobody full", pair.Ann.Result);
            Assert.Equal(pair.Ann.Result, pair.Bob.Result);
        });
        ProtocolSchema.Holds(pairs[0].Ann.Line);
        ProtocolSchema.Holds(pairs[0].Bob.Line);
        await Task.WhenAll(pairs.SelectMany(pair => (Task[])[pair.Ann.Leave(), pair.Bob.Leave()]));
        foreach (var (ann, bob, _) in pairs)
        {
            ann.Dispose();
            bob.Dispose();
        }
        return sessions;
    }

    /// <summary>The challenged starts; each plays when they have seen the other's move.</summary>
    private static async Task Play(Bot challenger, Bot challenged, Notation moves)
    {
        await challenger.Ask(new() { ["type"] = "challenge", ["opponent"] = challenged.Name });
        await challenged.Ask(new() { ["type"] = "accept", ["opponent"] = challenger.Name });
        await challenger.UntilType("game");
        for (var ply = 0; ply < moves.Plies; ply++)
        {
            var mover = ply % 2 == 0 ? challenged : challenger;
            await mover.UntilPly(ply);
            await mover.Move(moves[ply].Number);
        }
        await Task.WhenAll(challenged.UntilOver(), challenger.UntilOver());
    }

    /// <summary>A draw for every tenth game, otherwise a random game to its end.</summary>
    private static Notation Script(int number)
    {
        if (number % 10 == 0) return Draws.From(number);
        var random = new Random(number);
        var moves = new Notation();
        while (!moves.IsFinished)
        {
            var legal = moves.Board.LegalColumns;
            moves = moves.Then(legal[random.Next(legal.Length)]);
        }
        return moves;
    }

    /// <summary>Waits until everybody has gone, and nothing of them is left.</summary>
    private static async Task Settle(RunningServer server)
    {
        var lobby = server.Get<ILobby>();
        await Condition.Holds(() => server.Get<Admission>().Count == 0 && lobby.Search("", 1_000).AsTask().Result.IsEmpty);
        await server.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty((await lobby.Due(DateTimeOffset.MaxValue)).Absences);
        Assert.Empty(server.Get<Sessions>().All);
    }

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
