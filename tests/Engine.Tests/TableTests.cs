namespace ConnectFour.Engine.Tests;

public sealed class TableTests
{
    [Fact]
    public void What_is_stored_is_found_until_it_is_forgotten()
    {
        var table = new Table(1);

        table.Store(123, -7, 18, 3);

        Assert.Equal((-7, 18), (Table.Lower(table.Find(123)), Table.Upper(table.Find(123))));
        Assert.Equal(0UL, table.Find(124));
        table.Forget();
        Assert.Equal(0UL, table.Find(123));
    }

    [Fact]
    public void No_entry_of_an_old_generation_comes_back_when_the_generations_start_again()
    {
        var table = new Table(1);
        table.Store(123, -7, 18, 3);

        for (var i = 0; i < 5_000; i++)
        {
            table.Forget();
            Assert.Equal(0UL, table.Find(123));
        }
    }

    [Fact]
    public void A_full_table_answers_only_with_what_was_stored_under_the_very_key()
    {
        var table = new Table(1);
        var random = new Random(1);
        var stored = Enumerable.Range(0, 500_000).Select(_ => (ulong)random.NextInt64(1L << 49)).Distinct().ToArray();

        foreach (var key in stored) table.Store(key, (int)(key % 18), 18, (int)(key % 20));

        var found = stored.Where(key => table.Find(key) != 0).ToArray();
        Assert.InRange(found.Length, 100_000, 131_072);
        Assert.All(found, key => Assert.Equal((int)(key % 18), Table.Lower(table.Find(key))));
    }
}
