using System.Collections.Immutable;
using ConnectFour.Infrastructure.Redis.Wire;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>The lobby as this node has heard of it: complete, and as new as the last message. Redis decides; this is to read from, and what is left if Redis forgets.</summary>
/// <param name="Epoch">Names the lobby: Redis that was emptied gets another one. Empty before the first.</param>
/// <param name="Version">Of the lobby.</param>
/// <param name="Mark">Of that version: the same number may mean another in a Redis that has forgotten some and gone on.</param>
/// <param name="Versions">Of each user: that of the lobby when they last changed.</param>
internal sealed record Replica(string Epoch, long Version, string Mark, Lobby Lobby, ImmutableDictionary<UserName, long> Versions)
{
    public static Replica Empty(LobbyRules rules) => new("", 0, "", Lobby.Empty(rules), ImmutableDictionary<UserName, long>.Empty);

    /// <summary>Whether this is more than what Redis says it has: it is empty, or has come back as it was a while ago.</summary>
    public bool IsMoreThan(string epoch, long version, string mark) => epoch == "" || version < Version || version == Version && mark != Mark;

    /// <summary>The lobby one version later.</summary>
    /// <param name="mark">Of that version.</param>
    public Replica After(LobbyMessage message, string mark)
    {
        var (users, versions, version) = (Lobby.Users.ToBuilder(), Versions.ToBuilder(), Version + 1);
        foreach (var user in message.Users) (users[user.Name], versions[user.Name]) = (user, version);
        foreach (var name in message.Gone)
        {
            users.Remove(name);
            versions.Remove(name);
        }
        return new(Epoch, version, mark, Lobby with { Users = users.ToImmutable() }, versions.ToImmutable());
    }

    /// <summary>Those users, and whoever they have an invitation with.</summary>
    public Excerpt Of(ImmutableArray<UserName> concerned)
    {
        var users = ImmutableDictionary.CreateBuilder<UserName, User>();
        var versions = ImmutableDictionary.CreateBuilder<UserName, long?>();
        foreach (var name in concerned) Add(name, true);
        return new(Epoch, new Lobby(Lobby.Rules, users.ToImmutable()), versions.ToImmutable());

        void Add(UserName name, bool withPartner)
        {
            if (versions.ContainsKey(name) && !withPartner) return;
            var user = Lobby.Find(name);
            versions[name] = user is null ? null : Versions[name];
            if (user is null) return;
            users[user.Name] = user;
            if (withPartner && user.Partner is { } partner) Add(partner, false);
        }
    }
}

/// <summary>Some users of the lobby, to decide about.</summary>
/// <param name="Versions">Of each of them when they were read; null for one who was not there.</param>
internal sealed record Excerpt(string Epoch, Lobby Lobby, ImmutableDictionary<UserName, long?> Versions);

internal static class Partners
{
    extension(User user)
    {
        /// <summary>With whom they have an invitation, or null.</summary>
        public UserName? Partner => user.Invitation is { } invitation ? invitation.From == user.Name ? invitation.To : invitation.From : null;
    }
}
