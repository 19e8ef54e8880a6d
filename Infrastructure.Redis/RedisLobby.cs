using System.Collections.Immutable;
using System.Globalization;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Redis.Wire;
using StackExchange.Redis;

namespace ConnectFour.Infrastructure.Redis;

/// <summary>
/// The lobby of many nodes. Redis decides: a decision is taken on what this node has heard, and stored by one script if nobody has changed that since; otherwise it is taken again on what Redis has.
/// What is only read is read from this node's replica, which has every decision of its own and those of others a moment later.
/// </summary>
internal sealed class RedisLobby(RedisLink link, LobbyStream stream, RedisTime redisTime, IRandomness randomness, TimeProvider time) : ILobby
{
    /// <summary>How many messages can be read again by a node that missed them.</summary>
    private const int LogLength = 10_000;

    /// <summary>How long an operation is remembered, in seconds: much longer than anybody goes on trying.</summary>
    private const int Remembered = 120;

    /// <summary>How long a decision is taken again because others were faster.</summary>
    private static readonly TimeSpan Patience = 2 * RedisLink.Patience;

    private volatile Listed? _listed;

    public ValueTask<User?> Find(UserName name) => new(stream.Replica.Lobby.Find(name));

    public async ValueTask<Decision<Lobby, LobbyEvent>> Decide(ImmutableArray<UserName> concerned, Func<Lobby, Decision<Lobby, LobbyEvent>> transition)
    {
        var (excerpt, isFresh) = (stream.Replica.Of(concerned), false);
        for (var begun = time.GetTimestamp(); ; GiveUpIfLate(begun))
        {
            var decision = transition(excerpt.Lobby);
            if (decision is Decision<Lobby, LobbyEvent>.Accepted accepted && Change(excerpt.Lobby, accepted) is { } message)
            {
                if (await Commit(excerpt, message)) return decision;
            }
            else if (isFresh) return decision; // What is not stored is not checked either, so it has to be right when it is read.

            (excerpt, isFresh) = (await Read(concerned), true);
        }
    }

    /// <summary>Publishes what changes nothing in the lobby itself.</summary>
    public async ValueTask Announce(LobbyEvent happened)
    {
        for (var begun = time.GetTimestamp(); !await Commit(stream.Replica.Of([]), new LobbyMessage([], [], [happened])); GiveUpIfLate(begun)) { }
    }

    public ValueTask<ImmutableArray<User>> Search(string prefix, int most) => new(stream.Replica.Lobby.Search(prefix, most));

    public ValueTask<UserList> List(int most)
    {
        var replica = stream.Replica;
        if (_listed is not { } listed || listed.Most != most || listed.List.Version != replica.Version) _listed = listed = new Listed(most, replica.Lobby.List(replica.Version, most));
        return new(listed.List);
    }

    public ValueTask<ImmutableArray<UserName>> Waiting() => new(stream.Replica.Lobby.Waiting);

    public ValueTask<DueInLobby> Due(DateTimeOffset now) => new(stream.Replica.Lobby.Due(now));

    /// <summary>What a decision changes and tells; null if nothing.</summary>
    private static LobbyMessage? Change(Lobby before, Decision<Lobby, LobbyEvent>.Accepted decision)
    {
        ImmutableArray<User> users = [.. decision.Next.Users.Values.Where(user => !ReferenceEquals(before.Find(user.Name), user))];
        ImmutableArray<UserName> gone = [.. before.Users.Keys.Where(name => decision.Next.Find(name) is null)];
        return users.IsEmpty && gone.IsEmpty && decision.Events.IsEmpty ? null : new(users, gone, decision.Events);
    }

    private void GiveUpIfLate(long begun)
    {
        if (time.GetElapsedTime(begun) > Patience) throw new LobbyAwayException("Others were faster for too long.");
    }

    /// <returns>Whether it is stored, and heard of here; otherwise it has to be taken again.</returns>
    private async Task<bool> Commit(Excerpt excerpt, LobbyMessage message)
    {
        var operation = NewOperation();
        var answer = (RedisResult[])(await link.Run(Scripts.Commit, [Keys.Users, Keys.Log, Keys.Operation(operation)], Arguments(excerpt, message, operation)))!;
        switch ((string?)answer[0])
        {
            case "done":
                await stream.Reach((long)answer[1]);
                return true;
            case "changed":
                return false;
            default:
                await stream.Settle(); // It is another lobby by now, or Redis has lost the latest of it, or its clock shows something else than we thought.
                return false;
        }
    }

    private RedisValue[] Arguments(Excerpt excerpt, LobbyMessage message, string mark)
    {
        var values = new List<RedisValue>
        {
            excerpt.Epoch, stream.Replica.Version, mark, redisTime.Now + (long)RedisLink.Patience.TotalMicroseconds, Keys.LobbyChannel.ToString(), MessageCodec.Encode(message), LogLength, Remembered,
            excerpt.Versions.Count,
        };
        foreach (var (name, version) in excerpt.Versions) values.AddRange([StoredUser.Field(name), version?.ToString(CultureInfo.InvariantCulture) ?? ""]);
        foreach (var user in message.Users) values.AddRange([StoredUser.Field(user.Name), StoredUser.Partner(user), UserCodec.Encode(user)]);
        foreach (var name in message.Gone) values.AddRange([StoredUser.Field(name), "-", ""]);
        return [.. values];
    }

    private async Task<Excerpt> Read(ImmutableArray<UserName> concerned)
    {
        while (true)
        {
            var known = stream.Replica;
            var answer = (string[])(await link.Run(Scripts.Read, [Keys.Users], [.. concerned.Select(name => (RedisValue)StoredUser.Field(name))]))!;
            if (answer[0] == stream.Replica.Epoch && long.Parse(answer[1], CultureInfo.InvariantCulture) >= known.Version) return ToExcerpt(answer);
            await stream.Settle();
        }
    }

    private Excerpt ToExcerpt(string[] answer)
    {
        var (lobby, versions) = (Lobby.Empty(stream.Replica.Lobby.Rules), ImmutableDictionary<UserName, long?>.Empty);
        foreach (var pair in answer[2..].Chunk(2))
        {
            if (pair is not [var name, { Length: > 0 } value])
            {
                versions = versions.Add(UserName.From(pair[0]), null);
                continue;
            }
            var (user, version) = StoredUser.Read(value);
            (lobby, versions) = (lobby with { Users = lobby.Users.Add(user.Name, user) }, versions.Add(user.Name, version));
        }
        return new(answer[0], lobby, versions);
    }

    private string NewOperation()
    {
        Span<byte> bytes = stackalloc byte[12];
        randomness.Fill(bytes);
        return Convert.ToHexString(bytes);
    }

    private sealed record Listed(int Most, UserList List);
}
