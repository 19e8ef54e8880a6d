using System.ComponentModel.DataAnnotations;

namespace ConnectFour.Web.Accounts;

/// <summary>How accounts are guarded. Each is a setting under <c>ConnectFour:Accounts</c>.</summary>
public sealed class AccountSettings
{
    /// <summary>Whether people may log in over plain HTTP, where others on the network can read passwords. Not said: in development only.</summary>
    public bool? PlainHttp { get; set; }

    /// <summary>Passwords that one address may try within a minute, right or wrong.</summary>
    [Range(1, 1_000_000)]
    public int AttemptsPerMinute { get; set; } = 10;

    /// <summary>How long a session lasts that nobody uses.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan IdleSession { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long a session lasts, used or not.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan LongestSession { get; set; } = TimeSpan.FromDays(30);
}
