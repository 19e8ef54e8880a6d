namespace ConnectFour.Domain.Tests;

/// <summary>A game as one text, and back.</summary>
public sealed class GameRecordTests
{
    private const string Valid =
        """
        [Record "connect-four 1"]
        [Game "g1"]
        [First "Ann"]
        [FirstColour "red"]
        [Second "Bob"]
        [SecondColour "yellow"]
        [Started "2026-01-31T12:00:00.000Z"]
        [Ended "2026-01-31T12:00:21.250Z"]
        [Clock "10+2"]
        [Result "1-0"]
        [Reason "four"]

        4{11} 3{12} 4{12.5} 3{10.125} 4{9} 3{8} 4{7}

        """;

    [Property(Arbitrary = [typeof(WholeGames)])]
    public void What_was_written_is_read_back(WholeGame game)
    {
        var record = GameRecord.From(game.Events);

        var read = Read(record.ToString());

        Assert.Equal(record.ToString(), read.ToString());
        Assert.Equal(record.Moves, read.Moves);
        Assert.Equal(record.Outcome, read.Outcome);
        Assert.Equal(record.Remaining.AsEnumerable(), read.Remaining);
        Assert.Equal((record.IsSwapped, record.Stakes, record.Opening), (read.IsSwapped, read.Stakes, read.Opening));
        Assert.Equal((record.Game, record.First, record.Second, record.Control, record.StartedAt, record.EndedAt), (read.Game, read.First, read.Second, read.Control, read.StartedAt, read.EndedAt));
    }

    [Property(Arbitrary = [typeof(WholeGames)])]
    public void A_record_says_what_the_game_says(WholeGame game)
    {
        var record = GameRecord.From(game.Events);

        var replayed = Game.Replay(game.Events);

        Assert.Equal((replayed.Moves, replayed.Outcome, replayed.Control), (record.Moves, record.Outcome, record.Control));
        Assert.Equal((replayed.First, replayed.Second, replayed.IsSwapped, replayed.Stakes, replayed.Opening), (record.First, record.Second, record.IsSwapped, record.Stakes, record.Opening));
        Assert.Equal(replayed.Control is null ? 0 : replayed.PliesPlayed, record.Remaining.Length);
        Assert.InRange(record.ToString().Length, 1, 1_500);
    }

    [Property(Arbitrary = [typeof(WholeGames)], MaxTest = 200)]
    public void Whatever_character_is_changed_it_is_noticed(WholeGame game, int place, char other)
    {
        var text = GameRecord.From(game.Events).ToString();
        var at = (int)((uint)place % (uint)text.Length);
        var tampered = text[..at] + other + text[(at + 1)..];

        var read = GameRecord.TryParse(tampered, out var record, out _);

        // Blanks and line ends at the right places may change nothing; then the record is the same.
        if (read) Assert.Equal(text, record!.ToString());
    }

    [Theory]
    [InlineData("connect-four 1", "connect-four 2", "Line 1: a record begins with [Record \"connect-four 1\"].")]
    [InlineData("[First \"Ann\"]\n", "", "Line 3: here stands [First \"...\"].")]
    [InlineData("\"Ann\"", "\"<b>\"", "Line 3: this is no name.")]
    [InlineData("\"red\"", "\"pink\"", "Line 4: there is no such colour.")]
    [InlineData("\"yellow\"", "\"red\"", "Line 6: both players have the same colour.")]
    [InlineData("2026-01-31T12:00:00.000Z", "31.1.2026", "Line 7: this is no time such as 2026-01-31T12:00:00.000Z.")]
    [InlineData("2026-01-31T12:00:21.250Z", "2026-01-30T12:00:21.250Z", "Line 8: the game ended before it started.")]
    [InlineData("10+2", "010+2", "Line 9: this is no clock such as 180+2, or none.")]
    [InlineData("10+2", "3+2", "Line 9: this is no clock such as 180+2, or none.")]
    [InlineData("10+2", "none", "Line 13: ply 1 ('4{11}') has a time, and the game has no clock.")]
    [InlineData("4{11} 3{12}", "4 3{12}", "Line 13: ply 1 ('4') is no column with the seconds left, such as 4{178.5}.")]
    [InlineData("4{12.5}", "4{12.50}", "Line 13: ply 3 ('4{12.50}') is no column with the seconds left, such as 4{178.5}.")]
    [InlineData("4{12.5}", "4{-12.5}", "Line 13: ply 3 ('4{-12.5}') is no column with the seconds left, such as 4{178.5}.")]
    [InlineData("3{8} 4{7}", "3{8} 8{7}", "Line 13: Ply 7 ('8'): not a column from 1 to 7.")]
    [InlineData("4{7}\n", "4{7} 1{7}\n", "Line 13: Ply 8 ('1'): the game was over after ply 7.")]
    [InlineData("4{7}\n", "4{7}\nand so on\n", "Line 14: nothing comes after the moves.")]
    [InlineData("[Reason \"four\"]\n", "[Reason \"four\"]\n[Site \"here\"]\n", "Line 12: there is no such tag here; the moves come after a blank line.")]
    [InlineData("1-0", "0-1", "The game cannot have ended by 'four' after these moves.")]
    [InlineData("\"four\"", "\"forfeit\"", "The game cannot have ended by 'forfeit' after these moves.")]
    [InlineData("3{8} 4{7}", "3{8} 5{7}", "The game cannot have ended by 'four' after these moves.")]
    [InlineData("\"four\"", "\"full\"", "There is no end with the result '1-0' and the reason 'full'.")]
    [InlineData("[Result \"1-0\"]\n[Reason \"four\"]", "[Result \"*\"]", "The moves end the game, and the record says that it runs.")]
    [InlineData("[Ended \"2026-01-31T12:00:21.250Z\"]\n", "", "A game that has ended has the time when it did, and one that runs has not.")]
    [InlineData("[Reason \"four\"]\n", "[Reason \"four\"]\n[Hash \"00\"]\n", "The hash is not that of this record: something was changed or lost.")]
    public void What_is_no_record_is_refused_with_the_line_and_the_reason(string part, string instead, string expected)
    {
        var text = Valid.ReplaceLineEndings("\n");
        Assert.Contains(part, text, StringComparison.Ordinal);

        var read = GameRecord.TryParse(text.Replace(part, instead, StringComparison.Ordinal), out _, out var problem);

        Assert.False(read);
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("\0\0\0")]
    public void Nonsense_is_refused(string text) => Assert.False(GameRecord.TryParse(text, out _, out _));

    [Fact]
    public void A_text_that_is_too_long_is_not_looked_at()
    {
        var read = GameRecord.TryParse(new string('x', 8_193), out _, out var problem);

        Assert.False(read);
        Assert.Equal("This is longer than 8192 characters.", problem);
    }

    [Fact]
    public void Line_ends_of_other_systems_blank_lines_around_and_a_missing_hash_are_no_matter()
    {
        var record = Read(Valid);

        var windows = Read("\r\n\r\n" + record.ToString().ReplaceLineEndings("\r\n") + "\r\n\r\n");

        Assert.Equal(record, windows);
        Assert.Contains($"[Hash \"{record.Hash}\"]", record.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_the_page_is_a_record()
    {
        var example = Repository.Read("docs", "game-record.md").Split("```record\n")[1].Split("```")[0];

        Assert.Equal(example, Read(example).ToString());
    }

    private static GameRecord Read(string text) => GameRecord.TryParse(text, out var record, out var problem) ? record : throw new InvalidOperationException(problem);
}
