namespace ConnectFour.Terminal.Tests;

public sealed class PlayTests
{
    [Fact]
    public async Task Two_people_play_to_a_win_by_lines()
    {
        var written = await Script.Play("4 4 3 3 5 5 6 q", backstage => new Match(backstage));

        Assert.EndsWith(
            """
              .   .   .   .   .   .   .
              .   .   .   .   .   .   .
              .   .   .   .   .   .   .
              .   .   .   .   .   .   .
              .   .   O   O   O   .   .
              .   .   X   X   X   X   .
              1   2   3   4   5   6   7
            Four in line: 3/1 4/1 5/1 6/1 (column/row).
            X  Player 1
            O  Player 2
            Moves (7)
            4433556
            X wins: four in line.


            """.ReplaceLineEndings("\n"), written);
    }

    [Theory]
    [InlineData("4 4 4 4 4 4 4", "Column 4 is full.")]
    [InlineData("1 2 1 2 1 2 1 3", "The game is over. n (new) begins another one.")]
    [InlineData("back", "There is no move to take back.")]
    [InlineData("dance", "'dance' is no command here; ? tells what is.")]
    [InlineData("accept", "That cannot be done here.")]
    public async Task What_cannot_be_done_is_answered_in_words(string lines, string answer) =>
        Assert.EndsWith($"{answer}\n\n", await Script.Play(lines, backstage => new Match(backstage)), StringComparison.Ordinal);

    [Fact]
    public async Task A_move_that_was_taken_back_was_never_made()
    {
        var written = await Script.Play("4 5 back 3", backstage => new Match(backstage));

        Assert.Contains("Moves (2)\n43\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_answers_before_the_next_line_is_read()
    {
        var written = await Script.Play("1 1 1 q", backstage => new Match(backstage, LeftMost(Player.Second)));

        Assert.Contains("Moves (6)\n111111\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain("not your turn", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_is_first_begins()
    {
        var written = await Script.Play("2", backstage => new Match(backstage, LeftMost(Player.First)));

        Assert.Contains("X  Club\nO  You\nMoves (1)\n1\nO to move.\n", written, StringComparison.Ordinal);
        Assert.Contains("Moves (3)\n121\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_a_bot_the_last_move_of_one_s_own_is_taken_back()
    {
        var written = await Script.Play("4 5 back", backstage => new Match(backstage, LeftMost(Player.Second)));

        Assert.EndsWith("Moves (2)\n41\nX to move.\n\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Rookie")]
    [InlineData("Casual")]
    [InlineData("Club")]
    [InlineData("Master")]
    [InlineData("Perfect")]
    public void Every_level_plays_a_late_game_to_its_end(string level)
    {
        var choose = Choosers.Of(Enum.Parse<Level>(level), new Solver(new() { TableMegabytes = 8 }), seed: 7);
        var moves = Notation.From("225257625346224411156336534");

        while (!moves.IsFinished) moves = moves.Then(choose(moves.Board, CancellationToken.None));

        if (level == "Perfect") Assert.Equal(28, moves.Plies); // It wins at once.
    }

    private static Match.Bot LeftMost(Player side) => new(Level.Club, side, (board, _) => board.LegalColumns[0]);
}
