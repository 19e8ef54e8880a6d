using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>The adapter behind a real web server on a free port, with a clock that stands still unless the test moves it.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SocketServer(WebApplication app, FakeTimeProvider time) => (_app, Time) = (app, time);

    public FakeTimeProvider Time { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<SocketServer> Start(WebSocketLimits? limits = null, Action<IServiceCollection>? configure = null, Action<ListenOptions>? listen = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => listen?.Invoke(endpoint)));
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<IRandomness>(new SeededRandomness()).AddApplication().AddWebSocketAdapter(limits ?? new WebSocketLimits());
        configure?.Invoke(builder.Services);

        var server = new SocketServer(builder.Build(), time);
        server._app.UseConnectFourSockets();
        server._app.MapConnectFour();
        await server._app.StartAsync();
        server.Address = new Uri(server.Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public async Task<SocketClient> Connect(Action<ClientWebSocketOptions>? options = null)
    {
        var socket = new ClientWebSocket();
        options?.Invoke(socket.Options);
        using var patience = new CancellationTokenSource(SocketClient.Patience);
        try
        {
            await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/ws" }.Uri, patience.Token);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return new SocketClient(socket);
    }

    public async Task<SocketClient> Join(string name)
    {
        var client = await Connect();
        await client.Send($$"""{"type":"new_connection","username":"{{name}}"}""");
        await client.Until("welcome");
        return client;
    }

    /// <summary>The status that an upgrade is refused with.</summary>
    public async Task<int> Refusal(Action<ClientWebSocketOptions>? options = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        options?.Invoke(socket.Options);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/ws" }.Uri, CancellationToken.None));
        return (int)socket.HttpStatusCode;
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>A real socket to the server.</summary>
internal sealed class SocketClient(ClientWebSocket socket) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public ClientWebSocket Socket => socket;

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public async Task Send(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isLast = true)
    {
        using var patience = new CancellationTokenSource(Patience);
        await socket.SendAsync(bytes, type, isLast, patience.Token);
    }

    public async Task<JsonElement> Until(string type)
    {
        while (true)
            if (await Next() is var message && message.GetProperty("type").GetString() == type) return message;
    }

    /// <summary>The next error's code.</summary>
    public async Task<string?> Error() => (await Until("error")).GetProperty("code").GetString();

    public async Task<JsonElement> Next() => await Receive() ?? throw new InvalidOperationException($"Closed with {socket.CloseStatus} instead of a message.");

    /// <summary>Reads to the end, answers the close, and gives the code that the server closed with; null when the line was cut.</summary>
    public async Task<int?> Closed()
    {
        try
        {
            while (await Receive() is not null) { }
            using var patience = new CancellationTokenSource(Patience);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (WebSocketException)
        {
            return null;
        }
        return (int?)socket.CloseStatus;
    }

    public void Dispose() => socket.Dispose();

    private async Task<JsonElement?> Receive()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        var buffer = new byte[16_384];
        while (true)
        {
            var piece = await socket.ReceiveAsync(buffer, patience.Token);
            if (piece.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, piece.Count);
            if (piece.EndOfMessage) return JsonDocument.Parse(message.ToArray()).RootElement;
        }
    }
}
