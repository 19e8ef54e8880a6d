using System.Text.RegularExpressions;

namespace ConnectFour.Hostile;

/// <summary>The table in README.md says which test holds which row; it must not speak of tests that are no more.</summary>
public sealed partial class RowsTests
{
    private static readonly string Table = Repository.Read("tests", "Hostile", "README.md");

    [Fact]
    public void Every_test_in_the_table_exists()
    {
        var named = TestName().Matches(Table).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).ToHashSet();
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);

        var missing = named.Where(test => !sources[test.Class].Any(source => Regex.IsMatch(source, $@"\b{test.Method}\(")));

        Assert.True(named.Count > 50, "The table has hardly any tests.");
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_row_is_in_the_table()
    {
        IEnumerable<string> rows = [.. Enumerable.Range(1, 35).Select(number => $"B{number}"), .. Enumerable.Range(14, 7).Select(number => $"F{number}"), "F22", "F27", "F28", "F30", "F31", .. Enumerable.Range(1, 22).Select(number => $"S{number}")];

        Assert.All(rows, row => Assert.Matches($@"(?m)^\| {row} \|", Table));
    }

    [GeneratedRegex(@"`([A-Za-z]+Tests)\.(\w+)`")]
    private static partial Regex TestName();
}
