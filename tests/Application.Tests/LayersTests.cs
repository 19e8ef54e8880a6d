using System.Xml.Linq;

namespace ConnectFour.Application.Tests;

/// <summary>Dependencies point towards Domain only.</summary>
public sealed class LayersTests
{
    /// <summary>What each layer may reference. A new project has to be entered here.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["Application"] = ["Domain"],
        ["Engine"] = ["Domain"],
        ["Infrastructure.WebSockets"] = ["Application", "Domain"],
        ["Infrastructure.Storage"] = ["Application", "Domain"],
        ["Infrastructure.Redis"] = ["Application", "Domain"],
        ["Infrastructure.Bots"] = ["Application", "Engine", "Domain"],
        ["Web"] = ["Engine", "Infrastructure.Bots", "Infrastructure.Redis", "Infrastructure.Storage", "Infrastructure.WebSockets", "Application", "Domain"],
        ["Terminal"] = ["Domain", "Engine"],
    };

    public static TheoryData<string> Layers => [.. Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Where(path => path.Split('/') is [not "bench" and not "tests", _])
        .Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory, MemberData(nameof(Layers))]
    public void A_layer_references_only_layers_further_in(string layer)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, layer, $"{layer}.csproj"));

        var references = project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.All(references, reference => Assert.Contains(reference, Allowed[layer]));
    }

    [Fact]
    public void Domain_references_nothing_at_all()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "Domain", "Domain.csproj"));

        var references = project.Descendants().Where(item => item.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal));

        Assert.Empty(references);
    }

    [Fact]
    public void Only_the_adapter_and_the_host_know_sockets_and_http()
    {
        var inner = new[] { typeof(Game).Assembly, typeof(Reply).Assembly };

        var references = inner.SelectMany(assembly => assembly.GetReferencedAssemblies()).Select(name => name.Name!);

        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.Contains("WebSockets", StringComparison.Ordinal));
    }
}
