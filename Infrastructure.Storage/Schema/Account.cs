using Microsoft.AspNetCore.Identity;

namespace ConnectFour.Infrastructure.Storage.Schema;

/// <summary>An account's name and password. Its number is that of the user whose games and record it has.</summary>
public sealed class Account : IdentityUser<long>
{
    /// <summary>Milliseconds since 1970.</summary>
    public long RegisteredAt { get; set; }
}
