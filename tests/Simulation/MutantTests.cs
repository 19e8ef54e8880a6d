using ConnectFour.Simulation.Tests.Mutants;

namespace ConnectFour.Simulation.Tests;

/// <summary>Each switch breaks the promise in one way on every node; that one of the first seeds notices shows what <see cref="SeedTests"/> are worth.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private const int Seeds = 1_000;

    public static TheoryData<string> All => [.. Enum.GetNames<Mutation>()];

    [Theory]
    [MemberData(nameof(All))]
    public void A_cluster_that_breaks_its_promise_is_found_out(string name)
    {
        var mutation = Enum.Parse<Mutation>(name);

        var found = Enumerable.Range(1, Seeds).Select(seed => Simulation.Run(seed, mutate: (services, node) => services.Break(mutation, node))).FirstOrDefault(run => run.Problems.Count > 0);

        Assert.True(found is not null, $"{mutation} was not found within {Seeds} seeds.");
        output.WriteLine($"Found by seed {found.Seed}: {found.Problems[0]}");
    }
}
