using System.Globalization;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>The whole lobby as Redis has it.</summary>
internal static class StoredLobby
{
    /// <param name="before">What was known: whoever has not changed since is the same object, so that only what differs is compared.</param>
    /// <param name="unreadable">Is told of a user that makes no sense here, and is left out: one of them does not keep the others from being seen.</param>
    public static Replica Read(HashEntry[] fields, Replica before, Action<Exception> unreadable)
    {
        var read = Replica.Empty(before.Lobby.Rules);
        var (users, versions) = (read.Lobby.Users.ToBuilder(), read.Versions.ToBuilder());
        foreach (var (name, value) in fields.Select(field => (field.Name.ToString(), field.Value.ToString())))
        {
            if (name == "#epoch") read = read with { Epoch = value };
            else if (name == "#version") read = read with { Version = long.Parse(value, CultureInfo.InvariantCulture) };
            else if (name == "#mark") read = read with { Mark = value };
            else if (Try(() => StoredUser.Read(value), unreadable) is var (user, changed))
            {
                users[user.Name] = before.Lobby.Find(user.Name) is { } same && StoredUser.Value(same, before.Versions[same.Name]) == value ? same : user;
                versions[user.Name] = changed;
            }
        }
        return read with { Lobby = read.Lobby with { Users = users.ToImmutable() }, Versions = versions.ToImmutable() };
    }

    private static (User User, long Version)? Try(Func<(User, long)> read, Action<Exception> unreadable)
    {
        try
        {
            return read();
        }
        catch (Exception problem)
        {
            unreadable(problem);
            return null;
        }
    }
}
