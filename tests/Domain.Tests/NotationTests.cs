namespace ConnectFour.Domain.Tests;

public sealed class NotationTests
{
    [Fact]
    public void A_notation_is_the_columns_in_order()
    {
        var moves = Notation.From("44353");

        Assert.Equal([4, 4, 3, 5, 3], moves.Columns.Select(column => column.Number));
        Assert.Equal(Column.From(5), moves[3]);
        Assert.Equal(5, moves.Plies);
        Assert.Equal("44353", moves.ToString());
    }

    [Fact]
    public void No_move_is_a_notation_too()
    {
        var moves = Notation.From("");

        Assert.Equal(default, moves);
        Assert.Equal("", default(Notation).ToString());
        Assert.Equal(Board.Empty, moves.Board);
    }

    [Theory]
    [InlineData("4480", "Ply 3 ('8'): not a column from 1 to 7.")]
    [InlineData("0", "Ply 1 ('0'): not a column from 1 to 7.")]
    [InlineData("4 4", "Ply 2 (' '): not a column from 1 to 7.")]
    [InlineData("4٤", "Ply 2 ('٤'): not a column from 1 to 7.")]
    [InlineData("44444441", "Ply 7 ('4'): column 4 is full.")]
    [InlineData("12121213", "Ply 8 ('3'): the game was over after ply 7.")]
    public void The_first_illegal_ply_is_named(string text, string reason)
    {
        var read = Notation.TryFrom(text, out var notation, out var problem);

        Assert.False(read);
        Assert.Equal(default, notation);
        Assert.Equal(reason, problem);
        Assert.Equal(reason, Assert.Throws<FormatException>(() => Notation.From(text)).Message);
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void A_written_notation_reads_back_as_itself(FinishedPlay play)
    {
        var read = Notation.From(play.Moves.ToString());

        Assert.Equal(play.Moves, read);
        Assert.Equal(play.Moves.GetHashCode(), read.GetHashCode());
        Assert.Equal(play.Moves.Board, read.Board);
    }

    [Fact]
    public void Two_ways_to_one_position_are_two_notations()
    {
        var (one, other) = (Notation.From("123"), Notation.From("321"));

        Assert.Equal(one.Board, other.Board);
        Assert.NotEqual(one, other);
    }

    [Property(Arbitrary = [typeof(LegalPlay)])]
    public void Nothing_follows_the_end_of_a_game(FinishedPlay play, Column column)
    {
        Assert.Throws<InvalidOperationException>(() => play.Moves.Then(column));
    }
}
