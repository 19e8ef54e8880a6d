using System.Collections.Frozen;
using ConnectFour.Engine;

namespace ConnectFour.Infrastructure.Bots;

/// <summary>Who the bots are: one of each level, by its name.</summary>
internal static class Roster
{
    public static FrozenDictionary<UserName, Level> All { get; } = Enum.GetValues<Level>().ToFrozenDictionary(level => UserName.From(level.ToString()));
}
