namespace ConnectFour.Web.Accounts;

/// <summary>What happens to accounts, for whoever has to find out later. A name that no account proved to be its own is not written down: people type passwords into the wrong field.</summary>
internal sealed partial class AccountLog(ILogger<AccountLog> log)
{
    [LoggerMessage(5001, LogLevel.Information, "{User} created an account")]
    public partial void Registered(string user);

    [LoggerMessage(5002, LogLevel.Information, "{User} logged in")]
    public partial void LoggedIn(string user);

    [LoggerMessage(5003, LogLevel.Information, "Somebody gave a wrong name or password")]
    public partial void Failed();

    [LoggerMessage(5005, LogLevel.Information, "{User} logged out")]
    public partial void LoggedOut(string user);

    [LoggerMessage(5006, LogLevel.Information, "{User} set another password")]
    public partial void PasswordChanged(string user);

    [LoggerMessage(5007, LogLevel.Information, "{User} has another name now: {Name}")]
    public partial void Renamed(string user, string name);

    [LoggerMessage(5008, LogLevel.Information, "{User} deleted the account")]
    public partial void Deleted(string user);
}
