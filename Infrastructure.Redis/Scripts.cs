namespace ConnectFour.Infrastructure.Redis;

/// <summary>
/// What is done in Redis in one step. A script that fails half-way leaves what it wrote (Redis takes nothing back), so each looks at everything before it writes anything.
/// Versions count microseconds when the lobby is new, so that they grow even if Redis forgot all; below 2^53, so that Lua's numbers hold them.
/// </summary>
internal static class Scripts
{
    /// <summary>
    /// Reads some users and their partners. KEYS: users. ARGV: names in capitals. Answers epoch (empty if there is no lobby), version, and for each user name and value (empty if not there).
    /// </summary>
    public const string Read =
        """
        local epoch = redis.call('HMGET', KEYS[1], '#epoch', '#version')
        local answer, seen = {epoch[1] or '', epoch[2] or '0'}, {}
        local function add(name)
            if seen[name] then return end
            seen[name] = true
            local value = redis.call('HGET', KEYS[1], name)
            table.insert(answer, name)
            table.insert(answer, value or '')
            return value and string.match(value, '^%d+ (%S+) ')
        end
        for _, name in ipairs(ARGV) do
            local partner = add(name)
            if partner and partner ~= '-' then add(partner) end
        end
        return answer
        """;

    /// <summary>
    /// Stores and publishes a decision, once, unless somebody else was faster. KEYS: users, log, operation. ARGV: epoch, the version known, the operation's mark, not after (in microseconds of Redis's
    /// clock), channel, message, log length, seconds to remember the operation, number of users read; for each of these name and version (empty if not there); for each that changes name, partner and json
    /// (empty if they leave). Answers <c>done</c> and the lobby's version, <c>changed</c>, <c>late</c>, or <c>epoch</c> if it is another lobby by now, or an older state of it.
    /// </summary>
    public const string Commit =
        """
        local lobby = redis.call('HMGET', KEYS[1], '#epoch', '#version', '#mark')
        if lobby[1] ~= ARGV[1] or tonumber(lobby[2]) < tonumber(ARGV[2]) then return {'epoch'} end
        local before = redis.call('GET', KEYS[3])
        if before then return {'done', before} end
        local now = redis.call('TIME')
        if now[1] * 1000000 + now[2] > tonumber(ARGV[4]) then return {'late'} end
        local last = 9 + 2 * tonumber(ARGV[9])
        for i = 10, last, 2 do
            local value = redis.call('HGET', KEYS[1], ARGV[i])
            if (value and string.match(value, '^%d+') or '') ~= ARGV[i + 1] then return {'changed'} end
        end

        local version = string.format('%.0f', tonumber(lobby[2]) + 1)
        redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[7], version .. '-0', 'mark', ARGV[3], 'm', ARGV[6])
        redis.call('HSET', KEYS[1], '#version', version, '#mark', ARGV[3])
        for i = last + 1, #ARGV, 3 do
            if ARGV[i + 2] == '' then redis.call('HDEL', KEYS[1], ARGV[i])
            else redis.call('HSET', KEYS[1], ARGV[i], version .. ' ' .. ARGV[i + 1] .. ' ' .. ARGV[i + 2]) end
        end
        redis.call('SET', KEYS[3], version, 'EX', ARGV[8])
        redis.call('PUBLISH', ARGV[5], table.concat({ARGV[1], version, lobby[3] or '', ARGV[3], ARGV[6]}, ' '))
        return {'done', version}
        """;

    /// <summary>
    /// Puts a lobby where there is none, or where there is an older state than is known: Redis is new, or has forgotten. Of two nodes that know different ones the longer wins, and that of the same
    /// length that is there does not: it has a mark of its own. KEYS: users, log. ARGV: its epoch, the version and the mark known (0 and empty for none), channel; for each user name and value.
    /// Answers 0 if somebody else was faster.
    /// </summary>
    public const string Begin =
        """
        local lobby = redis.call('HMGET', KEYS[1], '#epoch', '#version', '#mark')
        local known = tonumber(ARGV[2])
        if lobby[1] and (tonumber(lobby[2]) > known or tonumber(lobby[2]) == known and lobby[3] == ARGV[3]) then return 0 end
        local now = redis.call('TIME')
        local version = string.format('%.0f', math.max(known == 0 and now[1] * 1000000 + now[2] or 0, known) + 1)
        redis.call('DEL', KEYS[1], KEYS[2])
        redis.call('XADD', KEYS[2], version .. '-0', 'mark', ARGV[1], 'm', '')
        redis.call('HSET', KEYS[1], '#epoch', ARGV[1], '#version', version, '#mark', ARGV[1])
        for i = 5, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
        redis.call('PUBLISH', ARGV[4], table.concat({ARGV[1], version, '-', ARGV[1], ''}, ' '))
        return 1
        """;

    /// <summary>
    /// A node says that it is there, and hears how things stand. KEYS: users, nodes. ARGV: the node, microseconds after which a node is forgotten.
    /// Answers epoch (empty if there is no lobby), version, mark, Redis's time in microseconds, and the nodes, each with when it was last heard of.
    /// </summary>
    public const string Beat =
        """
        local lobby = redis.call('HMGET', KEYS[1], '#epoch', '#version', '#mark')
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        redis.call('ZADD', KEYS[2], string.format('%.0f', now), ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now - ARGV[2]))
        local answer = {lobby[1] or '', lobby[2] or '0', lobby[3] or '', string.format('%.0f', now)}
        for _, value in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')) do table.insert(answer, value) end
        return answer
        """;

    /// <summary>A counter that begins anew after a while. KEYS: counter, operation. ARGV: how much to add, milliseconds. Answers the count and the milliseconds left; the same operation again adds nothing.</summary>
    public const string Count =
        """
        local isNew = redis.call('SET', KEYS[2], '', 'NX', 'PX', ARGV[2])
        local count = redis.call('INCRBY', KEYS[1], isNew and ARGV[1] or 0)
        local left = redis.call('PTTL', KEYS[1])
        if left < 0 then
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            left = tonumber(ARGV[2])
        end
        return {count, left}
        """;
}
