namespace ConnectFour.Domain.Tests;

/// <summary>The small values: columns, cells, names, time controls, colours, records.</summary>
public sealed class ValuesTests
{
    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(255)]
    public void Columns_are_numbered_1_to_7(int number)
    {
        Assert.False(Column.TryFrom(number, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Column.From(number));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Column.All.Select(column => column.Number));
        Assert.Equal(1, default(Column).Number);
    }

    [Fact]
    public void Columns_are_ordered_from_the_left()
    {
        var (left, right) = (Column.From(2), Column.From(5));

        Assert.True(left < right && left <= right && right > left && right >= left);
        Assert.Equal(Column.From(6), left.Mirror);
    }

    [Theory]
    [InlineData("Al")]
    [InlineData("alice")]
    [InlineData("A1")]
    [InlineData("Alice_B-c9")]
    [InlineData("a2345678901234567890")]
    public void A_name_has_2_to_20_letters_digits_and_single_separators(string text)
    {
        Assert.Equal(text, UserName.From(text).Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("a23456789012345678901")]
    [InlineData("1abc")]
    [InlineData("_abc")]
    [InlineData("abc-")]
    [InlineData("a__b")]
    [InlineData("a-_b")]
    [InlineData("a b")]
    [InlineData(" ab")]
    [InlineData("ab\n")]
    [InlineData("ab\r\n")]
    [InlineData("a\0b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u200Bb")]
    [InlineData("e\u0301e")]
    [InlineData("\u0430lice")]
    [InlineData("\uD83D\uDE00\uD83D\uDE00")]
    [InlineData("__proto__")]
    [InlineData("<b>")]
    [InlineData("admin")]
    [InlineData("Admin")]
    [InlineData("SYSTEM")]
    [InlineData("constructor")]
    [InlineData("hasOwnProperty")]
    public void Everything_else_and_whatever_is_reserved_is_no_name(string? text)
    {
        Assert.False(UserName.TryFrom(text, out _));
        Assert.False(UserName.IsValid(text));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("An n")]
    [InlineData("__proto__")]
    public void What_is_no_name_never_was_one(string text) => Assert.Throws<FormatException>(() => UserName.From(text));

    [Fact]
    public void Who_has_a_name_that_is_reserved_now_keeps_it() => Assert.Equal("constructor", UserName.From("constructor").Text);

    [Fact]
    public void A_reserved_name_is_refused_in_every_case()
    {
        var spellings = UserName.Reserved.SelectMany(name => new[] { name, name.ToUpperInvariant(), char.ToUpperInvariant(name[0]) + name[1..] });

        Assert.All(spellings, name => Assert.False(UserName.IsValid(name), name));
        Assert.Superset(
            new HashSet<string> { "admin", "moderator", "server", "system", "owner", "support", "connect4", "null", "undefined", "deleted" },
            UserName.Reserved.ToHashSet());
    }

    [Fact]
    public void Names_are_ordered_without_regard_to_case()
    {
        var (ann, bob) = (UserName.From("ANN"), UserName.From("bob"));

        Assert.True(ann < bob && ann <= bob && bob > ann && bob >= ann);
        Assert.True(ann <= UserName.From("ann") && ann >= UserName.From("ann"));
    }

    [Fact]
    public void A_set_of_cells_is_ordered_from_the_left_and_then_from_the_bottom_and_compares_by_content()
    {
        var cells = Notation.From("4142434").Board.WinningCells;
        var again = Notation.From("4241434").Board.WinningCells;

        Assert.Equal("4/1 4/2 4/3 4/4", cells.ToString());
        Assert.Equal(4, cells.Count);
        Assert.Equal(again, cells);
        Assert.Equal("1/1 2/1 3/1 4/1", Notation.From("4433221").Board.WinningCells.ToString());
        Assert.Empty(default(CellSet));
        Assert.NotEqual(default, cells);
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_one_name_written_twice()
    {
        var (lower, upper) = (UserName.From("alice"), UserName.From("ALICE"));

        Assert.Equal(lower, upper);
        Assert.Equal(lower.GetHashCode(), upper.GetHashCode());
        Assert.Equal(0, lower.CompareTo(upper));
        Assert.NotEqual(lower.Text, upper.Text);
    }

    [Theory]
    [InlineData(5, 0, true)]
    [InlineData(10_800, 180, true)]
    [InlineData(4, 0, false)]
    [InlineData(10_801, 0, false)]
    [InlineData(60, -1, false)]
    [InlineData(60, 181, false)]
    public void A_time_control_has_5_to_10800_and_0_to_180_seconds(int initial, int increment, bool valid)
    {
        Assert.Equal(valid, TimeControl.TryFrom(initial, increment, out _));
        if (!valid) Assert.Throws<ArgumentOutOfRangeException>(() => TimeControl.From(initial, increment));
    }

    [Fact]
    public void The_default_time_control_is_3_minutes_and_2_seconds()
    {
        Assert.Equal(TimeControl.From(180, 2), TimeControl.Default);
    }

    [Fact]
    public void The_counterpart_of_a_colour_is_another_and_its_counterpart_is_the_colour()
    {
        Assert.All(Enum.GetValues<DiscColour>(), colour => Assert.NotEqual(colour, colour.Counterpart));
        Assert.All(Enum.GetValues<DiscColour>(), colour => Assert.Equal(colour, colour.Counterpart.Counterpart));
    }

    [Fact]
    public void A_record_counts_wins_losses_and_draws()
    {
        var tally = new Tally()
            .With(new Outcome.Forfeit(Player.Second), Player.First)
            .With(new Outcome.Flag(Player.First), Player.First)
            .With(new Outcome.Absence(Player.Second), Player.Second)
            .With(new Outcome.FullBoard(), Player.First);

        Assert.Equal(new Tally(Wins: 1, Losses: 2, Draws: 1), tally);
    }
}
