using System.Reflection;

namespace ConnectFour.Domain.Tests;

/// <summary>A closed hierarchy has no cases but those nested in it, so that a switch over them is complete.</summary>
public sealed class ClosedTests
{
    public static TheoryData<Type> Hierarchies => [typeof(Outcome), typeof(GameEvent), typeof(LobbyEvent), typeof(Decision<,>)];

    [Theory, MemberData(nameof(Hierarchies))]
    public void A_closed_hierarchy_is_sealed_all_over(Type root)
    {
        var cases = root.GetNestedTypes();

        Assert.NotEmpty(cases);
        Assert.All(cases, nested => Assert.True(nested.IsSealed, $"{nested} can be derived from."));
        Assert.True(root.IsAbstract);
        Assert.DoesNotContain(root.GetConstructors(BindingFlags.Instance | BindingFlags.Public), _ => true);
    }

    [Fact]
    public void Domain_references_only_the_base_library()
    {
        var references = typeof(Board).Assembly.GetReferencedAssemblies();

        Assert.All(references, reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
    }
}
