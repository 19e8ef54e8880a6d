using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Web.Accounts;

internal sealed record LoginRequest(string Name, string Password);

/// <param name="Token">The resume token of the guest who registers, or null: their running games and history become the account's.</param>
internal sealed record RegisterRequest(string Name, string Password, string? Token = null);

/// <summary>What is to be changed; what is left out stays as it is.</summary>
internal sealed class ProfileRequest
{
    public string? Name { get; set; }

    /// <summary>The preferred disc colour; null for none.</summary>
    public string? Colour
    {
        get;
        set => (field, HasColour) = (value, true);
    }

    public bool? OpenToMore { get; set; }

    /// <summary>Internal, and so no field that a request may have.</summary>
    internal bool HasColour { get; private set; }
}

internal sealed record PasswordRequest(string Current, string New);

internal sealed record DeleteRequest(string Password);

internal sealed record RecordAnswer(int Wins, int Losses, int Draws)
{
    public static RecordAnswer Of(Tally tally) => new(tally.Wins, tally.Losses, tally.Draws);
}

internal sealed record AccountAnswer(string Name, string? Colour, bool OpenToMore, DateTimeOffset RegisteredAt, RecordAnswer Record)
{
    public static AccountAnswer Of(AccountProfile account) =>
        new(account.Name.Text, Words.Of(account.Colour), account.OpenToMore, account.RegisteredAt, RecordAnswer.Of(account.Tally));
}

internal sealed record SessionAnswer(AccountAnswer? Account);
