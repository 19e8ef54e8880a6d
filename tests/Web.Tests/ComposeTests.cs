using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectFour.Web.Tests;

/// <summary>The examples for containers, which tests do not run: what they say of this server is true.</summary>
public sealed partial class ComposeTests
{
    private static readonly string Cluster = Repository.Read("deploy", "compose.cluster.yaml");
    private static readonly string Operating = Repository.Read("docs", "operating.md");

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.cluster.yaml")]
    public void Every_setting_is_one(string file)
    {
        var names = Setting().Matches(Repository.Read("deploy", file)).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"| `{name}` |", Operating, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.cluster.yaml")]
    public void The_network_that_is_believed_is_that_of_the_containers(string file)
    {
        var text = Repository.Read("deploy", file);

        Assert.Contains($"subnet: {Believed().Match(text).Groups[1].Value}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_comes_before_the_nodes_is_told_a_verb_that_there_is()
    {
        using var said = new StringWriter();
        Verbs.Run(["help"], said);

        Assert.Contains($"\n  {Verb().Match(Cluster).Groups[1].Value} ", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PostgreSQL_has_lines_for_all_nodes()
    {
        var ofNode = Number(Operating, @"A server opens (\d+) at most");

        Assert.InRange(Number(Cluster, @"max_connections=(\d+)"), Nodes().Count * ofNode, int.MaxValue);
    }

    [Fact]
    public void The_proxy_knows_every_node()
    {
        var known = Regex.Match(Cluster, "NODES: (.*)").Groups[1].Value;

        Assert.Equal(string.Join(' ', Nodes().Select(node => $"{node.Groups[1].Value}:8080")), known);
        foreach (var name in (string[])["SITE", "NODES"]) Assert.Contains($"{{${name}:", Repository.Read("deploy", "Caddyfile"), StringComparison.Ordinal);
    }

    private static MatchCollection Nodes() => Regex.Matches(Cluster, @"^  (\w+): \*node$", RegexOptions.Multiline);

    private static int Number(string text, string pattern) => int.Parse(Regex.Match(text, pattern).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ +((?:ConnectFour|ConnectionStrings)__\w+|Urls): ", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex("ConnectFour__Proxies: (.+)")]
    private static partial Regex Believed();

    [GeneratedRegex(@"command: \[(.*)\]")]
    private static partial Regex Verb();
}
