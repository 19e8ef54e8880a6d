using ConnectFour.Simulation.Tests.Mutants;

namespace ConnectFour.Simulation.Tests;

/// <summary>Each switch breaks the promise in one way on every node; that one of the first seeds notices, and what it notices, shows what <see cref="SeedTests"/> are worth.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private const int Seeds = 1_000;

    /// <param name="name">Of a <see cref="Mutation"/>.</param>
    /// <param name="expected">What is said of the promise that it breaks.</param>
    [Theory]
    [InlineData(nameof(Mutation.AcknowledgeBeforeCommit), nameof(Promise.AcknowledgedIsThere))]
    [InlineData(nameof(Mutation.PublishBeforeCommit), "and the journal has")]
    [InlineData(nameof(Mutation.AppendAtAnyVersion), nameof(Promise.UnknownAtMostOnce))]
    [InlineData(nameof(Mutation.LateIsNotStored), nameof(Promise.RefusedIsNotThere))]
    [InlineData(nameof(Mutation.LostIsNotSent), nameof(Promise.RefusedIsNotThere))]
    [InlineData(nameof(Mutation.BeatBeforeGivingBack), "was not given back")]
    [InlineData(nameof(Mutation.WaitingCosts), "The flag of game")]
    [InlineData(nameof(Mutation.NoDedupe), nameof(Promise.UnknownAtMostOnce))]
    [InlineData(nameof(Mutation.DeadlineWithoutAnotherLook), "that clock had not run out")]
    [InlineData(nameof(Mutation.AbsentWithOneTab), "was there")]
    [InlineData(nameof(Mutation.ImpatientLobby), "could come back until")]
    [InlineData(nameof(Mutation.AbsenceIsForfeit), "never gave it up")]
    [InlineData(nameof(Mutation.BusAsItComes), "A node heard versions")]
    [InlineData(nameof(Mutation.LobbyAtAnyVersion), "when it was over")]
    [InlineData(nameof(Mutation.LobbyWithoutAnotherLook), "A node takes the lobby for")]
    public void A_cluster_that_breaks_its_promise_is_found_out(string name, string expected)
    {
        var mutation = Enum.Parse<Mutation>(name);

        var found = Enumerable.Range(1, Seeds).Select(seed => (Seed: seed, Problem: Problems(seed, mutation).FirstOrDefault(problem => problem.Contains(expected, StringComparison.Ordinal)))).FirstOrDefault(run => run.Problem is not null);

        Assert.True(found.Problem is not null, $"{mutation} was not found within {Seeds} seeds.");
        output.WriteLine($"{mutation} is found by seed {found.Seed}: {found.Problem}");
    }

    [Fact]
    public void Every_mutation_is_looked_for()
    {
        var looked = typeof(MutantTests).GetMethod(nameof(A_cluster_that_breaks_its_promise_is_found_out))!.GetCustomAttributes(false).OfType<InlineDataAttribute>().Select(data => (string)data.Data[0]!);

        Assert.Equal(Enum.GetNames<Mutation>().Order(), looked.Order());
    }

    private static IReadOnlyList<string> Problems(int seed, Mutation mutation) => Simulation.Run(seed, mutate: (services, node) => services.Break(mutation, node)).Problems;
}
