using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>Two people in a game without clocks, of whom each says what they like. Ann challenged, so Bob moves first.</summary>
internal sealed class Duel : IDisposable
{
    private static int _count;

    private Duel(BareLine ann, string annsToken, BareLine bob, string bobsToken, string game) =>
        (Ann, AnnsToken, Bob, BobsToken, Game) = (ann, annsToken, bob, bobsToken, game);

    public BareLine Ann { get; }

    public string AnnsToken { get; }

    public BareLine Bob { get; }

    public string BobsToken { get; }

    public string Game { get; }

    public static async Task<Duel> Begin(Uri server)
    {
        var number = Interlocked.Increment(ref _count);
        var (ann, bob) = (await BareLine.Upgrade(server, Loopback.Next()), await BareLine.Upgrade(server, Loopback.Next()));
        var (annsToken, bobsToken) = (await ann.Join($"DuelAnn{number}"), await bob.Join($"DuelBob{number}"));
        await ann.Ask(new() { ["type"] = "challenge", ["opponent"] = $"DuelBob{number}", ["clock"] = null });
        await bob.Ask(new() { ["type"] = "accept", ["opponent"] = $"DuelAnn{number}" });
        return new Duel(ann, annsToken, bob, bobsToken, (string)(await ann.Until("game"))["game"]!);
    }

    public Task<JsonObject> Move(BareLine by, int ply, long column, string? game = null, Action<JsonObject>? hear = null) =>
        by.Ask(new() { ["type"] = "move", ["game"] = game ?? Game, ["ply"] = ply, ["column"] = column }, hear);

    /// <summary>Columns in turn, each of which is accepted.</summary>
    public async Task Play(string columns)
    {
        for (var ply = 0; ply < columns.Length; ply++) Assert.Equal("ok", (string?)(await Move(ply % 2 == 0 ? Bob : Ann, ply, columns[ply] - '0'))["type"]);
    }

    /// <summary>The whole game as the server has it now.</summary>
    public async Task<string> Now(Uri server)
    {
        using var line = await BareLine.Upgrade(server, Loopback.Next());
        await line.Ask(new() { ["type"] = "new_connection", ["token"] = AnnsToken });
        await line.Ask(new() { ["type"] = "ping", ["games"] = new JsonArray(new JsonObject { ["game"] = Game, ["version"] = 0 }) });
        return (await line.Until("game")).ToJsonString();
    }

    public void Dispose()
    {
        Ann.Dispose();
        Bob.Dispose();
    }
}
