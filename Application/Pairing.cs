using System.Collections.Immutable;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

internal static class Pairing
{
    /// <summary>More than one, because others may be faster with the first.</summary>
    private const int Most = 8;

    extension(ILobby lobby)
    {
        /// <summary>
        /// Those who wait and suit somebody who seeks, who waits longest, first: as far as can be seen without deciding anything, so that a decision concerns these few, however many wait,
        /// and none is asked for where there is nobody.
        /// </summary>
        public async ValueTask<ImmutableArray<UserName>> Partners(User seeker)
        {
            var partners = ImmutableArray.CreateBuilder<UserName>();
            foreach (var name in await lobby.Waiting())
            {
                if (name != seeker.Name && await lobby.Find(name) is { Seek: not null } other && Lobby.Suit(seeker, other)) partners.Add(name);
                if (partners.Count == Most) break;
            }
            return partners.ToImmutable();
        }
    }
}
