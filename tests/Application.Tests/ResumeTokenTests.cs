using ConnectFour.Application.Ports;

namespace ConnectFour.Application.Tests;

public sealed class ResumeTokenTests
{
    [Fact]
    public void A_token_survives_being_written_and_read()
    {
        var token = ResumeToken.New(UserName.From("Ann"), new SystemRandomness());

        var read = ResumeToken.TryFrom(token.ToString(), out var same);

        Assert.True(read);
        Assert.Equal(token, same);
        Assert.Equal(token.Credential, same!.Credential);
    }

    [Fact]
    public void The_lobby_s_credential_does_not_show_the_secret()
    {
        var token = ResumeToken.New(UserName.From("Ann"), new SystemRandomness());
        var secret = token.ToString().Split('.')[1];

        var credential = token.Credential;

        Assert.DoesNotContain(secret, credential.Digest, StringComparison.Ordinal);
    }

    [Fact]
    public void One_secret_under_two_names_proves_two_users_and_upper_and_lower_case_make_no_other_name()
    {
        var token = ResumeToken.New(UserName.From("Ann"), new SystemRandomness());
        var secret = token.ToString().Split('.')[1];

        ResumeToken.TryFrom($"aNN.{secret}", out var same);
        ResumeToken.TryFrom($"Bob.{secret}", out var other);

        Assert.Equal(token.Credential, same!.Credential);
        Assert.NotEqual(token.Credential, other!.Credential);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Ann")]
    [InlineData("Ann.")]
    [InlineData(".0123456789012345678901")]
    [InlineData("Ann.012345678901234567890")]
    [InlineData("Ann.01234567890123456789012")]
    [InlineData("Ann.01234567890123456789 1")]
    [InlineData("Ann.0123456789012345678901.x")]
    [InlineData("admin.0123456789012345678901")]
    public void What_is_not_a_token_is_not_taken_for_one(string? text)
    {
        var read = ResumeToken.TryFrom(text, out var token);

        Assert.False(read);
        Assert.Null(token);
    }

    [Fact]
    public void Ids_are_twelve_letters_and_digits_and_do_not_repeat()
    {
        var randomness = new SystemRandomness();

        var ids = Enumerable.Range(0, 10_000).Select(_ => randomness.NewGameId().Value).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9A-Za-z]{12}$", id));
    }
}
