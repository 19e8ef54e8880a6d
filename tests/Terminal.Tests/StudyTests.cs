namespace ConnectFour.Terminal.Tests;

/// <summary>The analysis board and the replay.</summary>
public sealed class StudyTests : IDisposable
{
    private const string Late = "2252576253462244111563365343671";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_scores_stand_under_the_columns()
    {
        var written = await Analyse(Late, "q");

        Assert.Contains(
            """
              1   2   3   4   5   6   7
             -5   -  -5  +6  -5  -3  -5
            """.ReplaceLineEndings("\n"), written, StringComparison.Ordinal);
        Assert.Contains("Best: column 4\nO to move wins with the next disc.\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_move_in_the_middle_is_another_line_and_the_same_move_is_not()
    {
        Assert.Contains("Moves (32)", await Analyse(Late, "back 1 forward 4"), StringComparison.Ordinal);

        var branched = (await Analyse(Late, "back 3")).Split("Connect Four - analysis")[^1];
        Assert.Contains("Moves (31)\n2252576 2534622 4411156 3365343\n673\n", branched, StringComparison.Ordinal);
        Assert.DoesNotContain("Then", branched, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_can_jump_and_paste()
    {
        var written = await Analyse(Late, $"scores jump+4 end paste+{Late}4 paste+448");

        Assert.Contains("Moves (4)\n2252\nThen (27)\n", written, StringComparison.Ordinal);
        Assert.Contains("O wins: four in line.", written, StringComparison.Ordinal);
        Assert.EndsWith("Ply 3 ('8'): not a column from 1 to 7.\n\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void As_long_as_a_score_is_searched_for_there_are_dots()
    {
        var line = ScoreLine.Of(Notation.From("444444").Board, null);

        Assert.Equal(["..", "..", "..", "-", "..", "..", ".."], line.Words);
    }

    [Fact]
    public async Task A_notation_is_replayed_step_by_step()
    {
        var written = await Script.Play("forward forward back end", _ => new Replay(Replay.Record.Read("44353")));

        Assert.Equal(["0", "1", "2", "1", "5"], written.Split('\n').Where(line => line.StartsWith("Ply ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task A_game_record_shows_names_clocks_and_the_end()
    {
        var file = Path.Combine(_folder.Path, "game.txt");
        await File.WriteAllTextAsync(file, Repository.Read("docs", "game-record.md").Split("```record\n")[1].Split("```")[0]);

        var written = await Script.Play("jump\t2 end", _ => new Replay(Replay.Record.Read(file)));

        Assert.Contains("Connect Four - Bob against Alice\n", written, StringComparison.Ordinal);
        Assert.Contains("X  Bob  2:59\nO  Alice  3:00\n", written, StringComparison.Ordinal);
        Assert.Contains("Ply 7 of 7. X wins: four in line.\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_record_with_an_opening_the_clocks_begin_behind_it()
    {
        var file = Path.Combine(_folder.Path, "game.txt");
        await File.WriteAllTextAsync(file, """
            [Record "connect-four 1"]
            [First "Bob"]
            [FirstColour "red"]
            [Second "Alice"]
            [SecondColour "yellow"]
            [Started "2026-01-31T12:00:00.000Z"]
            [Clock "180+2"]
            [Opening "112755"]
            [Result "*"]

            4{179} 3{120.5}
            """);

        var written = await Script.Play("jump\t6 forward end", _ => new Replay(Replay.Record.Read(file)));

        var left = written.Split('\n').Where(line => line.StartsWith("O  Alice  ", StringComparison.Ordinal) || line.StartsWith("X  Bob  ", StringComparison.Ordinal)).Select(line => line.Split("  ")[2]);
        Assert.Equal(["3:00", "3:00", "3:00", "3:00", "2:59", "3:00", "2:59", "2:00"], left.Select(time => time.Trim()));
    }

    [Theory]
    [InlineData("[Record \"chess\"]\n", "Line 1: a record begins with")]
    [InlineData("4 4 8", "Ply 3 ('8'): not a column from 1 to 7.")]
    public async Task A_file_that_is_no_game_is_refused_in_words(string content, string problem)
    {
        var file = Path.Combine(_folder.Path, "game.txt");
        await File.WriteAllTextAsync(file, content);

        Assert.StartsWith($"{file}: {problem}", Assert.Throws<FormatException>(() => Replay.Record.Read(file)).Message, StringComparison.Ordinal);
        Assert.StartsWith("'nowhere.txt' is neither a file nor a notation.", Assert.Throws<FormatException>(() => Replay.Record.Read("nowhere.txt")).Message, StringComparison.Ordinal);
    }

    /// <param name="lines">With a plus for a blank within a line.</param>
    private static Task<string> Analyse(string moves, string lines) => Script.Play(
        lines.Replace(' ', '\n').Replace('+', '\t'), backstage => new AnalysisBoard(new Analyst(new Solver(new() { TableMegabytes = 8 }), backstage), Notation.From(moves)));
}
