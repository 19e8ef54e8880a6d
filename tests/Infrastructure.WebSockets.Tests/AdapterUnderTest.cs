using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>The real application behind the real adapter. Only the clock and the far ends of the sockets are the test's.</summary>
internal sealed class AdapterUnderTest : IDisposable
{
    private readonly ServiceProvider _services;

    public AdapterUnderTest(LobbyRules? rules = null, WebSocketLimits? limits = null)
    {
        Rules = rules ?? Lobbies.Impatient;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IRandomness>(new SeededRandomness())
            .AddSingleton(Rules)
            .AddApplication()
            .AddWebSocketAdapter(limits ?? new WebSocketLimits { FramesPerSecond = 100_000, Burst = 100_000, MalformedMessages = 1_000 })
            .BuildServiceProvider();
    }

    public LobbyRules Rules { get; }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch);

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Client Open()
    {
        var farEnd = new FarEnd();
        return new Client(farEnd, Get<Door>().Serve(farEnd.Line));
    }

    /// <summary>A client that has been welcomed.</summary>
    public async Task<Client> Join(string name, string? token = null)
    {
        var client = Open();
        await client.Ask(token is null ? new { type = "new_connection", username = name } : new { type = "new_connection", token });
        return client;
    }

    /// <summary>Lets time pass as a living server sees it.</summary>
    public async Task Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += ServerTime.Beat)
        {
            Time.Advance(ServerTime.Beat);
            await Get<Sweeper>().Sweep();
        }
    }

    public Task Tick() => Get<LobbyFeed>().Tick();

    public void Dispose() => _services.Dispose();
}

/// <summary>One client: asks, waits for answers, and keeps a view of what it was told.</summary>
internal sealed class Client(FarEnd farEnd, Task served)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private int _lastId;

    public FarEnd FarEnd => farEnd;

    public ClientView View { get; } = new();

    /// <summary>Everything received, in order.</summary>
    public List<JsonElement> Received { get; } = [];

    public void Send(string text) => farEnd.Put(Encoding.UTF8.GetBytes(text));

    /// <summary>Asks and gives back the answer; what came before it has been taken into the view.</summary>
    public async Task<JsonElement> Ask(object question)
    {
        var id = ++_lastId;
        var fields = JsonSerializer.SerializeToNode(question)!.AsObject();
        fields["id"] = id;
        Send(fields.ToJsonString());
        return await Until(message => message.TryGetProperty("re", out var re) && re.ValueKind == JsonValueKind.Number && re.GetInt32() == id);
    }

    /// <summary>Waits until everything that was on its way has arrived.</summary>
    public Task Settle() => Ask(new { type = "ping" });

    public async Task<JsonElement> Until(Func<JsonElement, bool> isIt)
    {
        while (true)
        {
            var message = await Next();
            if (isIt(message)) return message;
        }
    }

    public Task<JsonElement> Until(string type) => Until(message => message.GetProperty("type").GetString() == type);

    public async Task<JsonElement> Next()
    {
        var bytes = await farEnd.Sent.ReadAsync().AsTask().WaitAsync(Patience);
        var message = JsonDocument.Parse(bytes).RootElement;
        Received.Add(message);
        View.Take(message);
        return message;
    }

    /// <summary>Closes with a code, or cuts the line, and waits until the server has noticed.</summary>
    public async Task Close(WebSocketCloseStatus? code)
    {
        farEnd.Close(code);
        await Ended();
    }

    /// <summary>Waits until the connection has ended; gives the code that the server closed with.</summary>
    public async Task<int?> Ended()
    {
        await served.WaitAsync(Patience);
        return (int?)farEnd.ClosedByServer;
    }
}
