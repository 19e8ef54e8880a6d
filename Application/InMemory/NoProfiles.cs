using ConnectFour.Application.Ports;

namespace ConnectFour.Application.InMemory;

/// <summary>Nobody has an account, and nobody is known from before.</summary>
public sealed class NoProfiles : IProfiles
{
    public ValueTask<Profile?> Find(Credential credential) => new((Profile?)null);

    public ValueTask<bool> Keep(User user) => new(true);

    public ValueTask<bool> IsRegistered(UserName name) => new(false);
}
