namespace ConnectFour.Domain;

/// <summary>Both players' clocks. At most one runs; it is stored as what was left when it started, so that time passing changes nothing.</summary>
public sealed record Clock
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _second;
    private readonly DateTimeOffset _since;

    private Clock(TimeControl control, TimeSpan first, TimeSpan second, Player? running, DateTimeOffset since) =>
        (Control, _first, _second, Running, _since) = (control, first, second, running, since);

    public TimeControl Control { get; }

    /// <summary>Whose time runs, or null once the game is over.</summary>
    public Player? Running { get; }

    /// <summary>When the running clock reaches zero, or null if none runs.</summary>
    public DateTimeOffset? FallsAt => Running is { } player ? _since + Stored(player) : null;

    /// <summary>A new game's clock: the first player's time runs.</summary>
    public static Clock Started(TimeControl control, DateTimeOffset now) => new(control, control.Initial, control.Initial, Player.First, now);

    /// <summary>What is left to the player, never below zero.</summary>
    public TimeSpan Remaining(Player player, DateTimeOffset now)
    {
        if (player != Running) return Stored(player);

        // A reading taken just before the turn began (clocks are read outside any lock) must not add time.
        var used = now > _since ? now - _since : TimeSpan.Zero;
        return used < Stored(player) ? Stored(player) - used : TimeSpan.Zero;
    }

    public bool HasFallen(DateTimeOffset now) => FallsAt <= now;

    /// <summary>After the running player's move: they get the increment, and the other clock runs.</summary>
    /// <exception cref="InvalidOperationException">It is not this player's time that runs.</exception>
    public Clock Pressed(Player by, DateTimeOffset now)
    {
        if (by != Running) throw new InvalidOperationException($"The clock of {by} does not run.");

        var left = Remaining(by, now) + Control.Increment;
        var start = now > _since ? now : _since;
        return by == Player.First ? new(Control, left, _second, by.Opponent, start) : new(Control, _first, left, by.Opponent, start);
    }

    /// <summary>The players exchange sides after the first move, and each takes their time along. To swap is a move: whoever does it gets the increment, and the other clock runs.</summary>
    /// <exception cref="InvalidOperationException">It is not the second player's time that runs.</exception>
    public Clock Swapped(DateTimeOffset now)
    {
        var pressed = Pressed(Player.Second, now);
        return new(Control, pressed._second, pressed._first, Player.Second, pressed._since);
    }

    /// <summary>The running clock goes on with this much, from now on.</summary>
    public Clock Resumed(TimeSpan remaining, DateTimeOffset now) =>
        Running == Player.First ? new(Control, remaining, _second, Running, now) : new(Control, _first, remaining, Running, now);

    public Clock Stopped(DateTimeOffset now) => new(Control, Remaining(Player.First, now), Remaining(Player.Second, now), null, now);

    private TimeSpan Stored(Player player) => player == Player.First ? _first : _second;
}
