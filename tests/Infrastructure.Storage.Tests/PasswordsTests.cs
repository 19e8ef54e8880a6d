namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>Which passwords are allowed.</summary>
public sealed class PasswordsTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("password123")]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData("iloveyou1")]
    public void What_everybody_tries_first_is_common_in_upper_and_lower_case(string password)
    {
        Assert.True(Passwords.IsCommon(password, "Ann"));
    }

    [Theory]
    [InlineData("annabella", "Annabella", true)]
    [InlineData("ANNABELLA", "annabella", true)]
    [InlineData("annabella1", "Annabella", false)]
    public void One_s_own_name_is_no_password(string password, string name, bool common)
    {
        Assert.Equal(common, Passwords.IsCommon(password, name));
    }

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("# comment")]
    [InlineData("пароль из букв")]
    [InlineData("passwordpassword-of-mine")]
    public void A_password_needs_no_digits_no_signs_and_no_capitals(string password)
    {
        Assert.False(Passwords.IsCommon(password, "Ann"));
        Assert.True(Passwords.IsLengthAllowed(password));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("1234567", false)]
    [InlineData("12345678", true)]
    public void A_password_has_eight_characters_at_least(string? password, bool allowed)
    {
        Assert.Equal(allowed, Passwords.IsLengthAllowed(password));
    }

    [Fact]
    public void A_password_has_128_characters_at_most()
    {
        Assert.True(Passwords.IsLengthAllowed(new string('x', 128)));
        Assert.False(Passwords.IsLengthAllowed(new string('x', 129)));
    }
}
