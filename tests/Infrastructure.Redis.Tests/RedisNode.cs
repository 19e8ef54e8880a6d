using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ConnectFour.Infrastructure.Redis.Tests;

/// <summary>One node: the whole application with its lobby in Redis, in real time, without sockets.</summary>
internal sealed class RedisNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private int _connections;

    private RedisNode(ServiceProvider services) => _services = services;

    public RecordedEvents Heard => Get<RecordedEvents>();

    public ILobby Lobby => Get<ILobby>();

    public static async Task<RedisNode> Start(string connectionString, LobbyRules? rules = null, Action<IServiceCollection>? replace = null)
    {
        var node = Create(connectionString, rules, replace);
        foreach (var service in node._services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>One that does nothing by itself yet.</summary>
    public static RedisNode Create(string connectionString, LobbyRules? rules = null, Action<IServiceCollection>? replace = null)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<RecordedEvents>()
            .AddSingleton<IAudience>(provider => provider.GetRequiredService<RecordedEvents>())
            .AddSingleton(rules ?? new LobbyRules())
            .AddRedis(connectionString);
        replace?.Invoke(services);
        services.TryAddSingleton<SharedJournal>();
        services.TryAddSingleton(provider => provider.GetRequiredService<SharedJournal>().For(provider.GetRequiredService<IEvents>()));
        services.TryAddSingleton<IGameJournal>(provider => provider.GetRequiredService<SharedJournal.View>());
        services.TryAddSingleton<ISharedJournal>(provider => provider.GetRequiredService<SharedJournal.View>());
        return new RedisNode(services.AddApplication().BuildServiceProvider());
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Answers as a session does.</summary>
    public async Task<Reply> Send(ICommand command)
    {
        try
        {
            return await Get<IMediator>().Send(command);
        }
        catch (LobbyAwayException)
        {
            return new Reply.NotStored(AppendResult.Unavailable);
        }
    }

    public ValueTask<User?> Find(string name) => Lobby.Find(UserName.From(name));

    /// <summary>One more connection of a guest, who is new if there is no token.</summary>
    public async Task<(ConnectionId Connection, Reply Reply)> Connect(string? name, string? token = null)
    {
        var connection = Get<Node>().NewConnection($"{Interlocked.Increment(ref _connections)}");
        return (connection, await Send(new ConnectCommand(connection, name, token)));
    }

    /// <summary>The events of a game that were heard here, each with its version.</summary>
    public IEnumerable<(int Version, GameEvent Event)> HeardOf(GameId game) => Heard.Games
        .Where(step => step.Game.Id == game)
        .SelectMany(step => step.Events.Select((happened, index) => (step.Game.Version - step.Events.Length + index + 1, happened)));

    /// <summary>Ends without a word to anybody.</summary>
    public async Task Kill()
    {
        foreach (var service in _services.GetServices<IHostedService>()) await service.StopAsync(CancellationToken.None);
        await Get<IRedisServer>().DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>()) await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
