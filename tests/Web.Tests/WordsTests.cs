using System.Text.Json;
using ConnectFour.Domain;

namespace ConnectFour.Web.Tests;

/// <summary>The words of the HTTP API, which are those of the protocol and of the game record.</summary>
public sealed class WordsTests
{
    [Fact]
    public void Each_colour_has_the_word_that_the_protocol_has_for_it_and_is_read_by_no_other()
    {
        var schema = JsonDocument.Parse(Repository.Read("docs", "protocol.schema.json")).RootElement.ToString();

        Assert.All(Enum.GetValues<DiscColour>(), colour =>
        {
            var word = Words.Of(colour);
            Assert.Contains($"\"{word}\"", schema, StringComparison.Ordinal);
            Assert.True(Words.TryColour(word, out var read));
            Assert.Equal(colour, read);
            Assert.False(Words.TryColour(colour.ToString(), out _));
            Assert.False(Words.TryColour($"{(int)colour}", out _));
            Assert.False(Words.TryColour($" {word}", out _));
        });
        Assert.False(Words.TryColour("", out _));
        Assert.False(Words.TryColour("red,blue", out _));
        Assert.Null(Words.Of((DiscColour?)null));
    }

    [Fact]
    public void Each_kind_of_user_has_a_word_and_nobody_is_deleted()
    {
        Assert.Equal(["guest", "account", "bot", "deleted"], Enum.GetValues<UserKind>().Select(kind => (UserKind?)kind).Append(null).Select(Words.Of));
    }

    [Fact]
    public void Each_end_has_the_word_that_the_record_has_for_it()
    {
        var page = Repository.Read("docs", "game-record.md");
        Outcome[] ends = [new Outcome.FourInLine(Player.First, []), new Outcome.FullBoard(), new Outcome.Forfeit(Player.First), new Outcome.Flag(Player.First), new Outcome.Absence(Player.First)];

        var words = ends.Select(end => end.Reason).ToArray();

        Assert.Equal(typeof(Outcome).GetNestedTypes().Length, words.Distinct().Count());
        Assert.All(words, word => Assert.Contains($"`{word}`", page, StringComparison.Ordinal));
    }
}
