using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Domain;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.TestKit;

/// <summary>The whole application without a socket: real use cases and stores, a clock and a source of randomness that tests control.</summary>
public sealed class RunningApplication : IDisposable
{
    private readonly ServiceProvider _services;
    private int _connections;

    /// <param name="rules"><see cref="Lobbies.Impatient"/> if not said.</param>
    /// <param name="replace">Ports to use instead of the in-memory ones.</param>
    /// <param name="time">A clock that has run before: an application started again.</param>
    /// <param name="seed">Another one for an application started again, whose ids and tokens must be new.</param>
    public RunningApplication(LobbyRules? rules = null, Action<IServiceCollection>? replace = null, FakeTimeProvider? time = null, int seed = 1)
    {
        Time = time ?? new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IRandomness>(new SeededRandomness(seed))
            .AddSingleton<IAudience>(Events);
        services.AddSingleton(rules ?? Lobbies.Impatient);
        replace?.Invoke(services);
        _services = services.AddApplication().BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; }

    public RecordedEvents Events { get; } = new();

    public ILobby Lobby => Get<ILobby>();

    public IGameJournal Journal => Get<IGameJournal>();

    public DateTimeOffset Now => Get<ServerTime>().Now;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task<Reply> Send(ICommand command) => Get<IMediator>().Send(command);

    /// <summary>Lets time pass as a living server sees it: a beat at a time, sweeping after each.</summary>
    public async Task Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += ServerTime.Beat)
        {
            Time.Advance(ServerTime.Beat);
            await Get<Sweeper>().Sweep();
        }
    }

    /// <summary>A guest with one connection.</summary>
    public async Task<UserName> Join(string name)
    {
        await Connect(name);
        return UserName.From(name);
    }

    /// <summary>One more connection, by name or by token.</summary>
    public async Task<(ConnectionId Connection, Reply Reply)> Connect(string? name, string? token = null)
    {
        var connection = new ConnectionId($"c{Interlocked.Increment(ref _connections)}");
        return (connection, await Send(new ConnectCommand(connection, name, token)));
    }

    public async Task<User> Find(UserName name) => await Lobby.Find(name) ?? throw new InvalidOperationException($"{name} is not here.");

    /// <summary>A game between two guests; the first one was challenged and starts.</summary>
    public async Task<Game> Start(UserName first, UserName second, (int, int)? clock = null)
    {
        await Send(new ChallengeCommand(second, first.Text, clock));
        await Send(new AcceptCommand(first, second.Text));
        var seat = (await Find(first)).Games[^1];
        return await Game(seat.Game);
    }

    public async Task<Game> Game(GameId id) => await Journal.Find(id) ?? throw new InvalidOperationException($"There is no game {id}.");

    /// <summary>Plays columns in turn, as whoever is to move.</summary>
    public async Task<Reply> Play(GameId id, string columns)
    {
        Reply? last = null;
        foreach (var digit in columns)
        {
            var game = await Game(id);
            var by = game[game.ToMove ?? game.Board.ToMove].Name;
            last = await Send(new MoveCommand(by, id.Value, game.Moves.Plies, digit - '0'));
        }
        return last ?? throw new ArgumentException("No move.", nameof(columns));
    }

    public void Dispose() => _services.Dispose();
}
