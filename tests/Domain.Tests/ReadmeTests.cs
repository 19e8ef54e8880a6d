namespace ConnectFour.Domain.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_package_s_example_does_what_it_says()
    {
        using var written = new StringWriter();
        Example(written);

        Assert.Equal(
            """
            . . . . . . .
            . . . . . . .
            . . . . . . .
            . . . X . . .
            . . X O . . .
            . . X X O O .


            """.ReplaceLineEndings("\n"), written.ToString());
    }

    [Fact]
    public void The_package_s_readme_shows_this_example()
    {
        var shown = Code(Repository.Read("Domain", "README.md").Split("```csharp\n")[1].Split("```")[0]).Skip(1);
        var compiled = Code(Repository.Read("tests", "Domain.Tests", "ReadmeTests.cs").Split("// example\n")[1].Split("        // end")[0]);

        Assert.Equal(compiled, shown);

        // Without the comments; the README begins with a using that this file need not repeat.
        static IEnumerable<string> Code(string text) => text
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("//")[0].TrimEnd());
    }

    private static void Example(StringWriter Console)
    {
        // example
        var board = Notation.From("4435364").Board;
        Console.WriteLine(board);
        board = board.Drop(Column.From(5));
        Console.WriteLine(board.Winner);
        // end
    }
}
