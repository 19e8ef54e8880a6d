using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>What is asked of a lobby that holds everybody.</summary>
public static class LobbyViews
{
    extension(Lobby lobby)
    {
        /// <summary>Users who are here and whose name begins so, by name.</summary>
        public ImmutableArray<User> Search(string prefix, int most) => [.. lobby.Here
            .Where(user => user.Name.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(user => user.Name)
            .Take(most)];

        /// <summary>The list as everybody sees it: the first <paramref name="most"/> users who are here, who came first, first.</summary>
        public UserList List(long version, int most)
        {
            var here = lobby.Here.ToArray();
            return new(version, here.Count(user => user.Kind != UserKind.Bot), [.. here.OrderBy(user => user.Since).ThenBy(user => user.Name).Take(most)]);
        }

        /// <summary>Who waits to be paired, who waits longest, first.</summary>
        public ImmutableArray<UserName> Waiting => [.. lobby.Users.Values
            .Where(user => user.Seek is not null)
            .OrderBy(user => user.Seek!.Since).ThenBy(user => user.Name)
            .Select(user => user.Name)];

        /// <summary>What is due at <paramref name="now"/>.</summary>
        public DueInLobby Due(DateTimeOffset now) =>
            new([.. lobby.Expired(now)], [.. lobby.WithDeadLinks(now).Select(user => user.Name)], [.. lobby.Overdue(now).Select(user => user.Name)]);

        private IEnumerable<User> Here => lobby.Users.Values.Where(user => user.IsHere);
    }
}
