using System.Collections.Immutable;

namespace ConnectFour.Infrastructure.Storage.Postgres;

/// <summary>A running game as this server last saw it. Another server may have brought it further.</summary>
internal sealed class KnownGame(TimeProvider time)
{
    /// <summary>Held while the world hears of a step; whoever listens has locks of their own, under which they say what others have told them. So never take it while holding the other one.</summary>
    private readonly Lock _publishing = new();
    private readonly Lock _lock = new();
    private volatile RunningGame? _state;
    private volatile int _newest;
    private long _confirmed;
    private int _published;

    /// <summary>Whose turn it is to store something of the game: one at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Null before it was read.</summary>
    public RunningGame? State => _state;

    /// <summary>Whether it is known that there is a newer version than this one.</summary>
    public bool IsBehind => _state is not { } state || state.Game.Version < _newest;

    /// <summary>The newest version that was heard of; 0 if none was.</summary>
    public int Newest => Math.Max(_newest, _state?.Game.Version ?? 0);

    /// <summary>How long ago this was the newest version.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _confirmed));

    /// <summary>It was read, or is this far by our own hand. An older state than the one known is let go.</summary>
    public void Renew(RunningGame state)
    {
        lock (_lock) Take(state);
    }

    /// <summary>It was stored: from now on it is known, then the world hears of it, in the order of the versions.</summary>
    /// <param name="step">What was stored.</param>
    /// <param name="state">What it came to, and perhaps more.</param>
    public void Publish(Step step, RunningGame state, Action<Game, ImmutableArray<GameEvent>> publish)
    {
        lock (_publishing)
        {
            Renew(state);
            if (step.Next.Version <= _published) return;
            _published = step.Next.Version;
            publish(step.Next, step.Events);
        }
    }

    /// <summary>Somebody says which version is the newest.</summary>
    public void Learn(int version)
    {
        lock (_lock)
        {
            _newest = Math.Max(_newest, version);
            if (version == _state?.Game.Version) Volatile.Write(ref _confirmed, time.GetTimestamp());
        }
    }

    /// <summary>Somebody says how the game is, at a version that may not be the newest.</summary>
    public void Learn(Game game)
    {
        lock (_lock)
        {
            _newest = Math.Max(_newest, game.Version);
            if (_state is { } state) Take(state.At(game));
        }
    }

    /// <summary>What we thought is the newest version is not.</summary>
    public void Overtaken(int version)
    {
        lock (_lock) _newest = Math.Max(_newest, version + 1);
    }

    /// <summary>The journal has less than it had when this state was read: it was put back to an earlier one, and what is remembered never was.</summary>
    public void SetBack()
    {
        lock (_publishing)
            lock (_lock) (_state, _newest, _published) = (null, 0, 0);
    }

    private void Take(RunningGame state)
    {
        if (_state is { } known && known.Game.Version > state.Game.Version) return;
        _state = state;
        Volatile.Write(ref _confirmed, time.GetTimestamp());
    }
}
