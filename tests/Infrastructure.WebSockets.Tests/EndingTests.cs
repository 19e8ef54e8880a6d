using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.WebSockets;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>How a connection ends, whose doing it was, and what remains of it.</summary>
public sealed class EndingTests
{
    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure, 15_000)]
    [InlineData(WebSocketCloseStatus.EndpointUnavailable, 15_000)]
    [InlineData(WebSocketCloseStatus.InternalServerError, 60_000)]
    [InlineData(null, 60_000)]
    public async Task Only_who_closes_in_an_ordinary_way_has_left_on_purpose(WebSocketCloseStatus? code, int claimableIn)
    {
        await using var server = await SocketServer.Start();
        using var ann = await server.Join("Ann");
        using var bob = await server.Join("Bob");
        await Start(ann, bob);

        if (code is null) ann.Socket.Abort();
        else await ann.Socket.CloseOutputAsync(code.Value, null, CancellationToken.None);

        Assert.Equal(claimableIn, (await bob.Until("presence")).GetProperty("claimableIn").GetInt32());
    }

    [Fact]
    public async Task A_close_without_a_code_is_on_purpose_too()
    {
        await using var server = await SocketServer.Start();
        using var ann = await RawClient.Connect(server);
        await ann.Text("""{"type":"new_connection","username":"Ann"}""");
        await Condition.Holds(() => server.Get<Sessions>().All.Any(session => session.User is not null));
        using var bob = await server.Join("Bob");
        await bob.Send("""{"type":"challenge","opponent":"Ann"}""");
        await bob.Until("invitation");
        await ann.Text("""{"type":"accept","opponent":"Bob"}""");
        await bob.Until("game");

        await ann.Close();

        Assert.Equal(15_000, (await bob.Until("presence")).GetProperty("claimableIn").GetInt32());
    }

    [Fact]
    public async Task A_fault_of_ours_is_written_down()
    {
        var log = new RecordedLog();
        await using var server = await SocketServer.Start(configure: services => services
            .AddSingleton<ILogger<Door>>(log)
            .AddSingleton<IGameJournal>(provider => new FaultyJournal(new InMemoryGameJournal(provider.GetRequiredService<IEvents>())) { Fault = new InvalidOperationException("As planned.") }));
        using var ann = await server.Join("Ann");

        await ann.Send("""{"type":"quit","game":"g"}""");
        var code = await ann.Closed();
        await Condition.Holds(() => server.Get<Admission>().Count == 0);

        Assert.Equal(1011, code);
        Assert.Equal([(1002, LogLevel.Error), (1001, LogLevel.Information)], log.Lines);
    }

    [Fact]
    public async Task Who_answers_the_server_s_close_has_not_left_on_purpose()
    {
        await using var server = await SocketServer.Start(new WebSocketLimits { MalformedMessages = 1 });
        using var ann = await server.Join("Ann");
        using var bob = await server.Join("Bob");
        await Start(ann, bob);

        await ann.Send("nonsense");
        await ann.Send("nonsense");
        var code = await ann.Closed(); // and answers with 1000

        Assert.Equal(4010, code);
        Assert.Equal(60_000, (await bob.Until("presence")).GetProperty("claimableIn").GetInt32());
    }

    [Fact]
    public async Task A_client_that_never_answers_the_close_is_cut_off_and_is_no_fault_of_ours()
    {
        var log = new RecordedLog();
        await using var server = await SocketServer.Start(configure: services => services.AddSingleton<ILogger<Door>>(log));
        using var deaf = await server.Connect();
        await Condition.Holds(() => server.Get<Sessions>().All.Count == 1);

        server.Time.Advance(new WebSocketLimits().FirstMessage);
        await Condition.Holds(() =>
        {
            server.Time.Advance(TimeSpan.FromSeconds(2)); // the time it has to answer, whenever that begins
            return server.Get<Admission>().Count == 0;
        });

        Assert.Equal([(1001, LogLevel.Information)], log.Lines);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_connection_that_has_ended()
    {
        using var adapter = new AdapterUnderTest();
        var ann = await adapter.Join("Ann");
        var sessions = adapter.Get<Sessions>();
        var before = sessions.Of(UserName.From("Ann"));

        await ann.Close(WebSocketCloseStatus.NormalClosure);

        Assert.Single(before);
        Assert.Empty(sessions.Of(UserName.From("Ann")));
        Assert.Empty(sessions.All);
    }

    [Fact]
    public async Task A_fault_while_a_user_is_being_welcomed_does_not_leave_them_here_for_ever()
    {
        await using var server = await SocketServer.Start(configure: services => services.AddSingleton<IGameJournal>(provider =>
            new FaultyJournal(new InMemoryGameJournal(provider.GetRequiredService<IEvents>()))));
        using var ann = await server.Connect();
        await ann.Send("""{"type":"new_connection","username":"Ann"}""");
        var token = (await ann.Until("welcome")).GetProperty("token").GetString();
        using var bob = await server.Join("Bob");
        await Start(ann, bob);
        ann.Socket.Abort();
        await bob.Until("presence");

        ((FaultyJournal)server.Get<IGameJournal>()).Fault = new InvalidOperationException("As planned.");
        using var again = await server.Connect();
        await again.Send($$"""{"type":"new_connection","token":"{{token}}"}""");
        var code = await again.Closed();
        await Condition.Holds(() => server.Get<Admission>().Count == 1);

        Assert.Equal(1011, code);
        Assert.False((await server.Get<ILobby>().Find(UserName.From("Ann")))!.IsHere);
    }

    [Fact]
    public async Task An_upgrade_that_was_let_in_just_before_the_server_stops_is_sent_away_too()
    {
        using var adapter = new AdapterUnderTest();
        var admission = adapter.Get<Admission>();
        admission.TryEnter(IPAddress.Loopback);

        var stopping = ((IHostedLifecycleService)adapter.Get<IHostedService>()).StoppingAsync(CancellationToken.None);
        var late = adapter.Open();
        var code = await late.Ended();
        var waited = !stopping.IsCompleted;
        admission.Exit(IPAddress.Loopback);
        await stopping;

        Assert.Equal(1012, code);
        Assert.True(waited, "The server did not wait for the last one.");
    }

    [Fact]
    public async Task Who_cannot_be_welcomed_although_the_lobby_has_them_is_sent_away_and_can_come_again()
    {
        await using var server = await SocketServer.Start(configure: services => services
            .AddSingleton<IGameJournal>(provider => new FaultyJournal(new InMemoryGameJournal(provider.GetRequiredService<IEvents>()))));
        using var bob = await server.Join("Bob");
        using var ann = await server.Connect();
        await ann.Send("""{"type":"new_connection","username":"Ann"}""");
        var token = (await ann.Until("welcome")).GetProperty("token").GetString();
        await Start(ann, bob);
        var journal = (FaultyJournal)server.Get<IGameJournal>();
        var hello = $$"""{"type":"new_connection","token":"{{token}}"}""";

        journal.Fault = new StoreAwayException(new TimeoutException());
        using var away = await server.Connect();
        await away.Send(hello);
        var (error, code) = (await away.Error(), await away.Closed());
        journal.Fault = null;
        using var again = await server.Connect();
        await again.Send(hello);

        Assert.Equal(("unavailable", 1013), (error, code));
        await again.Until("game");
        await Condition.Holds(() => server.Get<Sessions>().Of(UserName.From("Ann")).Length == 2);
    }

    private static async Task Start(SocketClient ann, SocketClient bob)
    {
        await ann.Send("""{"type":"challenge","opponent":"Bob","clock":null}""");
        await bob.Until("invitation");
        await bob.Send("""{"type":"accept","opponent":"Ann"}""");
        await ann.Until("game");
    }

    /// <summary>What the door writes down: the events' numbers and levels.</summary>
    private sealed class RecordedLog : ILogger<Door>
    {
        public ConcurrentQueue<(int, LogLevel)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((eventId.Id, logLevel));
    }

    /// <summary>A journal whose disk cannot be read from a certain moment on.</summary>
    private sealed class FaultyJournal(IGameJournal journal) : IGameJournal
    {
        public Exception? Fault { get; set; }

        public ValueTask<Game?> Find(GameId id) => Fault is null ? journal.Find(id) : throw Fault;

        public ValueTask<Game?> Recall(GameId id) => Find(id);

        public ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => journal.Read(id);

        public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => journal.Start(started, first, second);

        public ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) => journal.Append(next, events);

        public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => journal.FlagsDue(now);

        public ValueTask<RunningGames> Running() => journal.Running();
    }
}
