using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Redis;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Postgres;
using ConnectFour.Simulation.Tests.Clockwork;
using ConnectFour.Simulation.Tests.Journal;
using ConnectFour.Simulation.Tests.Redis;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Simulation.Tests;

/// <summary>One process of the server: the application and the adapters of Redis and PostgreSQL as they are, on simulated lines to Redis and the database, without sockets.</summary>
internal sealed class SimulatedNode : IAudience
{
    private static readonly ConcurrentDictionary<Type, object> Validators = [];

    private readonly ServiceProvider _services;
    private readonly Dictionary<UserName, List<ClientLine>> _lines = [];

    /// <summary>Lines that nobody knows yet whose they are.</summary>
    private readonly Dictionary<ConnectionId, ClientLine> _unknown = [];
    private readonly Dictionary<GameId, int> _heard = [];
    private int _connections;

    public SimulatedNode(World world)
    {
        World = world;
        Life = new Life(world.Scheduler);
        Time = new VirtualTime(world.Scheduler, Life);
        Redis = new RedisLine(world.Redis, world.Scheduler, world.Nature, Life, world.Faults.ToRedis, world.Faults.Bus);
        Database = new DatabaseLine(world.Database, world.Scheduler, world.Nature, Life, world.Faults.ToDatabase, Time);
        var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(world.Log)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IRandomness>(new SeededRandomness(world.Scheduler.Random.Next()))
            .AddSingleton<IAudience>(this)
            .AddSingleton(world.Rules)
            .AddSingleton<IPostgresServer>(Database)
            .AddSingleton(new StorageSettings { Connections = 2 })
            .AddSingleton<JournalMetrics>()
            .AddSingleton<PostgresJournal>()
            .AddSingleton<IGameJournal>(provider => provider.GetRequiredService<PostgresJournal>())
            .AddSingleton<ISharedJournal>(provider => provider.GetRequiredService<PostgresJournal>())
            .AddRedis(_ => Redis)
            .AddSingleton<RedisService>()
            .AddApplication();
        Share(services);
        world.Mutate(services, this);
        _services = services.BuildServiceProvider();
        world.Begin(Life, Run);
    }

    public World World { get; }

    public Life Life { get; }

    public VirtualTime Time { get; }

    public RedisLine Redis { get; }

    public DatabaseLine Database { get; }

    /// <summary>Whether it takes connections.</summary>
    public bool IsOpen { get; private set; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Ends without a word to anybody.</summary>
    public void Kill()
    {
        IsOpen = false;
        Life.End();
        Redis.Drop();
        foreach (var line in _lines.Values.SelectMany(lines => lines).ToArray()) line.Break();
    }

    public ConnectionId Open(ClientLine line)
    {
        var id = Get<Node>().NewConnection($"{++_connections}");
        _unknown.Add(id, line);
        return id;
    }

    /// <summary>Answers as a session does.</summary>
    public async Task<Reply> Send(ICommand command)
    {
        try
        {
            return await Get<IMediator>().Send(command);
        }
        catch (Exception away) when (away is LobbyAwayException or StoreAwayException)
        {
            return new Reply.NotStored(AppendResult.Unavailable);
        }
    }

    public void Attach(UserName name, ClientLine line)
    {
        if (!_lines.TryGetValue(name, out var lines)) _lines[name] = lines = [];
        if (_unknown.Remove(line.Id)) lines.Add(line);
    }

    public void Detach(UserName name, ClientLine line) => _lines.GetValueOrDefault(name)?.Remove(line);

    public void Hear(LobbyEvent happened)
    {
        if (happened is LobbyEvent.Connected connected && _unknown.TryGetValue(connected.Connection, out var line)) Attach(connected.User.Name, line); // Before the answer, so that nothing falls in between.
        foreach (var name in Concerned(happened)) Tell(name, new Message.InTheLobby(happened));
    }

    public void Hear(Game game, ImmutableArray<GameEvent> events)
    {
        World.Audit.Heard(game, events, _heard);
        foreach (var name in (UserName[])[game.First.Name, game.Second.Name, .. Get<IWatchers>().Of(game.Id)]) Tell(name, new Message.InAGame(game, events));
        if (game.Outcome is not null) Get<IWatchers>().Forget(game.Id);
    }

    private static UserName[] Concerned(LobbyEvent happened) => happened switch
    {
        LobbyEvent.Challenged challenged => [challenged.Invitation.From, challenged.Invitation.To],
        LobbyEvent.InvitationEnded ended => [ended.Invitation.From, ended.Invitation.To],
        LobbyEvent.LoggedOut gone => [gone.Name],
        LobbyEvent.Reseated seated => [.. ((User?[])[seated.First, seated.Second]).OfType<User>().Select(user => user.Name)],
        _ => [],
    };

    private void Tell(UserName name, Message message)
    {
        foreach (var line in _lines.GetValueOrDefault(name, [])) line.Push(message);
    }

    /// <summary>Validators hold nothing, and take the longest to be made: those of all nodes are the same.</summary>
    private static void Share(IServiceCollection services)
    {
        foreach (var validator in services.Where(service => service.ServiceType.IsAssignableTo(typeof(IValidator))).ToArray())
        {
            services.Remove(validator);
            services.AddSingleton(validator.ServiceType, Validators.GetOrAdd(validator.ImplementationType!, type => Activator.CreateInstance(type)!));
        }
    }

    /// <summary>What the host does with it.</summary>
    private async Task Run()
    {
        await Get<RedisService>().Join(CancellationToken.None);
        while (!await Restart()) await Task.Delay(Heart.Interval, Time); // As a process that ends, and is started again.
        IsOpen = true;
        World.Begin(Life, () => Get<RedisService>().Live(CancellationToken.None));
        World.Begin(Life, () => Every(Sweeper.Interval, () => Get<Sweeper>().Sweep()));
    }

    /// <returns>Whether the running games could be taken up.</returns>
    private async Task<bool> Restart()
    {
        try
        {
            await Get<Recovery>().Restart();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task Every(TimeSpan period, Func<Task> act)
    {
        using var timer = new PeriodicTimer(period, Time);
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                await act();
            }
            catch (IOException)
            {
                // The next time.
            }
        }
    }
}
