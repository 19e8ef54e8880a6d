namespace ConnectFour.Terminal.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_picture_in_the_README_is_what_the_program_shows()
    {
        var backstage = new Backstage();
        await using var board = new AnalysisBoard(new Analyst(new Solver(new() { TableMegabytes = 8 }), backstage), Notation.From("225257625346224411156"));
        using var patience = new CancellationTokenSource(Script.Patience);
        while (!board.IsSettled)
        {
            await backstage.Waiting(patience.Token);
            backstage.MakeChanges();
        }

        var shown = new ScreenPainter(unicode: true).Paint(board.Scene).ToString().TrimEnd();

        Assert.Contains($"```text\n{shown}\n```\n", Repository.Read("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_s_README_lists_what_the_program_can_be_asked() =>
        Assert.Contains($"```text\n{Request.Usage}\n```\n".ReplaceLineEndings("\n"), Repository.Read("Terminal", "README.md"), StringComparison.Ordinal);

    [Fact]
    public void What_the_folder_s_README_shows_of_solve_is_what_it_prints()
    {
        using var results = new StringWriter();

        new SolveCommand(new Solver(new() { TableMegabytes = 8 }), results, TextWriter.Null, TimeProvider.System).Solve(Notation.From("225257625346224411156"), CancellationToken.None);

        Assert.Contains($"-- solve 225257625346224411156\n{results}```\n", Repository.Read("Terminal", "README.md"), StringComparison.Ordinal);
    }
}
