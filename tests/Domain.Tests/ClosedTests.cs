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

        Assert.True(root.IsAbstract);
        Assert.NotEmpty(cases);
        Assert.All(cases, nested => Assert.True(nested.IsSealed, $"{nested} can be derived from."));
    }

    [Theory, MemberData(nameof(Hierarchies))]
    public void Nobody_outside_can_add_a_case(Type root)
    {
        var constructors = root.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

        var open = constructors.Where(constructor => !constructor.IsPrivate && !CopiesARecord(constructor));

        Assert.Empty(open);
    }

    [Theory, MemberData(nameof(Hierarchies))]
    public void The_nested_cases_are_all_the_cases_there_are(Type root)
    {
        var derived = root.Assembly.GetTypes().Where(type => type.BaseType is { } parent && (parent == root || parent.IsGenericType && parent.GetGenericTypeDefinition() == root));

        Assert.Equal(root.GetNestedTypes().ToHashSet(), derived.ToHashSet());
    }

    [Fact]
    public void Domain_references_only_the_base_library()
    {
        var references = typeof(Board).Assembly.GetReferencedAssemblies();

        Assert.All(references, reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
    }

    // The compiler gives every record one; it makes nothing but another of the same case.
    private static bool CopiesARecord(ConstructorInfo constructor) => constructor.GetParameters() is [var only] && only.ParameterType.Name == constructor.DeclaringType!.Name;
}
