using System.Globalization;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>
/// Whatever clients say, each message has exactly one answer, nothing fails on our side, and what is refused changes nothing. <c>CONNECTFOUR_FUZZ_MESSAGES</c> makes it longer,
/// <c>CONNECTFOUR_FUZZ_SEED</c> other messages: tests/Hostile/README.md.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    /// <summary>What clients whose messages are stored in memory and who have no account never hear, or only by a chance too rare to count on.</summary>
    private static readonly string[] Unheard = ["pending", "overloaded", "unavailable", "rate_limited", "name_registered", "time_is_up"];

    private static int Messages => Number("CONNECTFOUR_FUZZ_MESSAGES", 50_000);

    private static int Seed => Number("CONNECTFOUR_FUZZ_SEED", 1);

    [Fact]
    public async Task Whatever_clients_say_is_answered_once_and_breaks_nothing()
    {
        using var clients = new FuzzedClients(Seed);

        await clients.Say(Messages);

        output.WriteLine(clients.Figures);
        if (Messages < 50_000) return; // A failure is played again up to its message, and less than that need not have seen everything.
        Assert.Equal(MessageGrammar.Types.Order(), clients.Applied.Order());
        Assert.Equal(MessageGrammar.ErrorCodes.Except(Unheard).Order(), clients.Codes.Except(Unheard).Order());
        Assert.True(clients.Finished > 100, "The run was worth nothing.");
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_messages()
    {
        using var first = new FuzzedClients(seed: 7);
        using var second = new FuzzedClients(seed: 7);
        using var other = new FuzzedClients(seed: 8);

        foreach (var clients in (FuzzedClients[])[first, second, other]) await clients.Say(2_000);

        Assert.Equal(first.Digest, second.Digest);
        Assert.NotEqual(first.Digest, other.Digest);
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
