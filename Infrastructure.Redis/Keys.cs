using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>Where things lie in Redis. All that a script touches bears the same hash tag, and so lies on one node of a Redis Cluster.</summary>
internal static class Keys
{
    /// <summary>A hash of all users: from the name in capitals to <c>version partner json</c>; besides, <c>#epoch</c>, <c>#version</c> and <c>#mark</c> of the lobby.</summary>
    public static readonly RedisKey Users = "{lobby}:users";

    /// <summary>A stream of the latest messages, each under the version of the lobby that it leads to: what a node missed, it reads here.</summary>
    public static readonly RedisKey Log = "{lobby}:log";

    /// <summary>A sorted set of the nodes, by when they were last heard of.</summary>
    public static readonly RedisKey Nodes = "{lobby}:nodes";

    /// <summary>What happens in the lobby: a <see cref="LobbyStep"/>.</summary>
    public static readonly RedisChannel LobbyChannel = RedisChannel.Literal("{lobby}:events");

    /// <summary>What happens in games.</summary>
    public static readonly RedisChannel GamesChannel = RedisChannel.Literal("{games}:events");

    /// <summary>Who looks on at which games.</summary>
    public static readonly RedisChannel WatchersChannel = RedisChannel.Literal("{games}:watchers");

    /// <summary>Remembers for a while that an operation was done.</summary>
    public static RedisKey Operation(string id) => "{lobby}:op:" + id;

    /// <summary>Counts what somebody may do only so often.</summary>
    public static RedisKey Counter(string what) => "{limits}:" + what;

    /// <summary>Remembers that an operation was counted.</summary>
    public static RedisKey Counted(string id) => "{limits}:op:" + id;
}
