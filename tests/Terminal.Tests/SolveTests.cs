using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Terminal.Tests;

public sealed class SolveTests
{
    private const string Known =
        """
        2252576253462244111563365343671351441 -1
        23163416124767223154467471272416755633 0
        32164625 11
        """;

    [Fact]
    public void Each_line_of_a_file_is_answered_by_notation_and_score()
    {
        var (results, remarks, _) = Solved(Known);

        Assert.Equal(Known.ReplaceLineEndings("\n") + "\n", results);
        Assert.Matches(@"\A3 positions, \d+ nodes, 0\.000 s\n\z", remarks);
    }

    [Fact]
    public void Blank_lines_remarks_and_what_follows_the_first_word_are_left_out()
    {
        var (results, _, problem) = Solved("# late ones\n\n   \n  2252576253462244111563365343671351441 and so on\r\n#\n");

        Assert.Null(problem);
        Assert.Equal("2252576253462244111563365343671351441 -1\n", results);
    }

    [Fact]
    public void A_wrong_notation_is_named_with_its_line_and_what_comes_before_is_answered()
    {
        var (results, remarks, problem) = Solved("2252576253462244111563365343671351441\n\n4489\n1\n");

        Assert.Equal("positions.txt, line 3: Ply 3 ('8'): not a column from 1 to 7.", problem);
        Assert.Equal("2252576253462244111563365343671351441 -1\n", results);
        Assert.StartsWith("1 position, ", remarks, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_game_has_the_score_of_who_would_be_to_move() => Assert.Equal("1212121 -18\n", Solved("1212121").Results);

    [Fact]
    public void A_single_position_gets_the_score_of_each_column_and_a_best_line()
    {
        using var results = new StringWriter();
        using var remarks = new StringWriter();

        new SolveCommand(Solver(), results, remarks, new FakeTimeProvider()).Solve(Notation.From("2252576253462244111563365343671"), CancellationToken.None);

        Assert.Equal(
            """
            column     1    2    3    4    5    6    7
            score     -5    -   -5   +6   -5   -3   -5
            best line 4
            O to move wins with the next disc.

            """.ReplaceLineEndings("\n"), results.ToString());
        Assert.StartsWith("1 position, ", remarks.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_can_be_stopped_and_says_what_was_done()
    {
        using var results = new StringWriter();
        using var remarks = new StringWriter();
        using var lines = new StringReader(Known);

        Assert.Throws<OperationCanceledException>(() =>
            new SolveCommand(Solver(), results, remarks, new FakeTimeProvider()).SolveLines(lines, "positions.txt", new CancellationToken(canceled: true)));

        Assert.Equal("0 positions, 0 nodes, 0.000 s\n", remarks.ToString());
    }

    private static Solver Solver() => new(new() { TableMegabytes = 8 });

    private static (string Results, string Remarks, string? Problem) Solved(string text)
    {
        using var results = new StringWriter();
        using var remarks = new StringWriter();
        using var lines = new StringReader(text);
        string? problem = null;
        try
        {
            new SolveCommand(Solver(), results, remarks, new FakeTimeProvider()).SolveLines(lines, "positions.txt", CancellationToken.None);
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message;
        }
        return (results.ToString(), remarks.ToString(), problem);
    }
}
