namespace ConnectFour.Domain;

/// <summary>Who may challenge a user. A rematch may always be asked for.</summary>
public enum ChallengePolicy
{
    Everybody,

    /// <summary>Only who has an account, and can be told apart tomorrow.</summary>
    Accounts,
    Nobody,
}

/// <summary>Somebody whom a user wants nothing to do with. They are not told.</summary>
/// <param name="Who">What tells them apart, whatever they are called.</param>
/// <param name="Name">What they were called then.</param>
public sealed record Block(Credential Who, UserName Name);
