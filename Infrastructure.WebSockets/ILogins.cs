using System.Security.Claims;

namespace ConnectFour.Infrastructure.WebSockets;

/// <summary>Who is logged in: what a session is, the host knows.</summary>
public interface ILogins
{
    /// <summary>Whose session the visitor has now, or null if they have none or it has ended since they came.</summary>
    ValueTask<Credential?> Find(ClaimsPrincipal visitor);
}

/// <summary>For a host without accounts.</summary>
internal sealed class NoLogins : ILogins
{
    public ValueTask<Credential?> Find(ClaimsPrincipal visitor) => new((Credential?)null);
}
