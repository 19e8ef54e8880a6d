using System.Diagnostics.Metrics;
using ConnectFour.Application;

namespace ConnectFour.Web.Accounts;

/// <summary>Counts who is refused before their password is looked at, for an operator to be woken by, and writes down that it goes on.</summary>
internal sealed partial class PasswordRefusals(IMeterFactory meters, TimeProvider time, ILogger<PasswordRefusals> log)
{
    /// <summary>One address tries too many, of whomever.</summary>
    public const string PerAddress = "passwords_per_address";

    /// <summary>One address tries too many of one account.</summary>
    public const string PerAccount = "passwords_per_account";

    /// <summary>All wait together.</summary>
    public const string AtOnce = "passwords_at_once";

    private readonly Counter<long> _rejections = meters.Own().CreateRejections();
    private readonly Seldom _said = new(time, TimeSpan.FromMinutes(1));

    public void Refuse(string rule)
    {
        _rejections.Refuse(rule);
        if (_said.IsDue(rule)) LogRefused(rule);
    }

    [LoggerMessage(5004, LogLevel.Warning, "Passwords are refused unseen for {Rule}; said once a minute")]
    private partial void LogRefused(string rule);
}
