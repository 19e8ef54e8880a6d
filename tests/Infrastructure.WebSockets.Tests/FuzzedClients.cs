using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using ConnectFour.Application.Ports;
using Microsoft.Extensions.Logging;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>Clients that say what the grammar allows, and things that are nearly so, one message at a time; after each it is looked at what must hold.</summary>
internal sealed class FuzzedClients : IDisposable
{
    private const int MostSpeakers = 10;
    private const string Distorted = "what was distorted";

    /// <summary>How many messages of each type are held against the schema before it is a sample of them: that takes long.</summary>
    private const int FirstOfAType = 20;

    private const int Sample = 200;

    /// <summary>How often the whole of the state is looked at.</summary>
    private const int Inspection = 500;

    private static readonly string[] Names = ["Ann", "Bob", "Cy", "Di", "Eve", "Flo"];

    private static readonly string[] Malformed = ["bad_json", "bad_message", "unknown_type", "bad_name", "bad_token", "bad_clock", "bad_column"];

    /// <summary>Small and short, so that what random clients do arrives at the limits.</summary>
    private static readonly LobbyRules Rules = new()
    {
        MaxGames = 2, MaxConnections = 3, MaxWatched = 1, MaxBlocked = 2,
        Grace = TimeSpan.FromSeconds(6), GraceAfterLeaving = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(20),
    };

    /// <summary>Nobody is sent away for saying too much, or too much nonsense: that has tests of its own.</summary>
    public static readonly WebSocketLimits Limits = new()
    {
        FramesPerSecond = int.MaxValue, Burst = int.MaxValue, ExcessFrames = int.MaxValue, MalformedMessages = int.MaxValue, FirstMessage = TimeSpan.FromDays(1), OutboxMessages = int.MaxValue, OutboxBytes = int.MaxValue,
    };

    private readonly AdapterUnderTest _adapter = new(Rules, Limits);
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Complaints _complaints = new();
    private readonly List<Speaker> _speakers = [];

    /// <summary>Those names, and what a distortion has made of them.</summary>
    private readonly List<UserName> _users = [.. Names.Select(UserName.From)];

    private readonly List<string> _tokens = ["Ann.0123456789abcdef012345"];
    private readonly HashSet<GameId> _running = [];
    private readonly Queue<GameId> _over = [];
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _answers = [];
    private readonly Dictionary<string, int> _heard = [];
    private readonly int _seed;
    private readonly Random _random;
    private readonly MessageGrammar _grammar;
    private readonly Distortion _distortion;
    private int _number;
    private UserName? _by;
    private Game? _game;

    public FuzzedClients(int seed)
    {
        (_seed, _random) = (seed, new Random(seed));
        (_grammar, _distortion) = (new MessageGrammar(_random, Say), new Distortion(_random));
        _adapter.Get<ILoggerFactory>().AddProvider(_complaints);
    }

    /// <summary>The types of which a message was applied.</summary>
    public SortedSet<string> Applied { get; } = [];

    /// <summary>The codes of errors that were answered.</summary>
    public SortedSet<string> Codes { get; } = [];

    /// <summary>How many games were played to an end.</summary>
    public int Finished { get; private set; }

    /// <summary>Of all that was said.</summary>
    public string Digest => Convert.ToHexString(_digest.GetCurrentHash());

    public string Figures => $"seed {_seed}: {_number} messages, {Finished} games finished, {_heard.Values.Sum()} messages of the server\n{string.Join('\n', _answers.Select(Counted))}";

    private ILobby Lobby => _adapter.Get<ILobby>();

    public async Task Say(int messages)
    {
        for (_number = 1; _number <= messages; _number++)
        {
            await Live();
            var (speaker, bytes, type) = await Next();
            _digest.AppendData(bytes);
            try
            {
                await Say(speaker, bytes, type);
                if (_number % Inspection == 0 || _number == messages) await Inspect();
            }
            catch (Exception problem)
            {
                Assert.Fail(
                    $"""
                    Message {_number} of seed {_seed}, by {speaker.Name ?? "nobody yet"}: {Encoding.UTF8.GetString(bytes)}
                    {problem}
                    {string.Join('\n', _complaints.All)}
                    To see it again: CONNECTFOUR_FUZZ_SEED={_seed} CONNECTFOUR_FUZZ_MESSAGES={_number}
                    """);
            }
        }
        _number = messages;
    }

    public void Dispose()
    {
        _adapter.Dispose();
        _digest.Dispose();
        _complaints.Dispose();
    }

    /// <summary>Between two messages: time passes, lines are cut, the lobby is told, somebody comes.</summary>
    private async Task Live()
    {
        if (Chance(0.03)) await _adapter.Pass(TimeSpan.FromSeconds(_random.Next(1, 8) / 2.0));
        if (Chance(0.05))
        {
            await _adapter.Tick();
            await _adapter.Get<RunningFeed>().Tick();
        }
        if (_speakers.Count > 0 && Chance(0.01))
        {
            var gone = Pick(_speakers);
            gone.FarEnd.Close(Chance(0.5) ? WebSocketCloseStatus.EndpointUnavailable : null);
            await Ended(gone);
        }
        if (_speakers.Count == 0 || _speakers.Count < MostSpeakers && Chance(0.2)) _speakers.Add(Speaker.Of(_adapter));
        foreach (var speaker in _speakers)
            while (speaker.FarEnd.Sent.TryRead(out var bytes)) Hear(bytes);
    }

    /// <returns>Who says what; and the type, if it is a message as it should be.</returns>
    private async Task<(Speaker, byte[], string?)> Next()
    {
        var (speaker, type) = await Wish();
        (_by, _game) = (speaker.Name is null ? null : UserName.From(speaker.Name), await Game(speaker));
        var message = _grammar.Message(type);
        var bytes = Encoding.UTF8.GetBytes(message.ToJsonString());
        return _random.Next(20) switch
        {
            < 9 => (speaker, bytes, type),
            < 16 => (speaker, _distortion.OfField(message), null),
            _ => (speaker, _distortion.OfBytes(bytes, Encoding.UTF8.GetBytes(_grammar.Message(Pick(MessageGrammar.Types)).ToJsonString())), null),
        };
    }

    /// <summary>Often what moves the game or the lobby on, because random wishes alone would not.</summary>
    private async Task<(Speaker, string)> Wish()
    {
        if (_running.Count > 0 && Chance(0.3) && await Find(Pick([.. _running])) is { ToMove: { } side } game && _speakers.Find(one => one.Name == game[side].Name.Text) is { } mover) return (mover, game.Moves.Plies == 1 && Chance(0.5) ? "swap" : "move");

        var speaker = Pick(_speakers);
        if (speaker.Name is null) return (speaker, Chance(0.8) ? "new_connection" : Pick(MessageGrammar.Types));
        if (Chance(0.4)) return (speaker, Pick(MessageGrammar.Types));

        var user = await Lobby.Find(UserName.From(speaker.Name));
        if (user?.Invitation is { } invitation && Chance(0.5)) return (speaker, invitation.To == user.Name ? Chance(0.8) ? "accept" : "decline" : "cancel");
        return (speaker, user?.Games.IsEmpty == false && Chance(0.6) ? "move" : Pick<string>(["challenge", "seek", "join", "link", "rematch"]));
    }

    /// <summary>The game that a message is about: mostly one's own, and where one is to move.</summary>
    private async Task<Game?> Game(Speaker speaker)
    {
        if (speaker.Name is null || Chance(0.2)) return await Any();

        var games = ImmutableArray.CreateBuilder<Game>();
        foreach (var seat in (await Lobby.Find(UserName.From(speaker.Name)))?.Games ?? [])
            if (await Find(seat.Game) is { } game) games.Add(game);
        return games.FirstOrDefault(game => game.ToMove is { } side && game[side].Name == _by) ?? games.FirstOrDefault() ?? await Any();

        async Task<Game?> Any() => _over.Count + _running.Count == 0 ? null : await Find(Pick([.. _over, .. _running]));
    }

    /// <summary>What fits at the moment.</summary>
    private JsonNode? Say(string word) => word switch
    {
        "optionalId" => _random.Next(4) switch { 0 => $"q{_number}", 1 => "<\u00e9\u65e5>", 2 => long.CreateChecked(_random.NextInt64(1L << 53)), _ => _number },
        "name" => Whom(),
        "token" => Pick(_tokens),
        "gameId" => Chance(0.05) || _game is null ? "no-such-game" : _game.Id.Value,
        "ply" when Chance(0.9) && _game is not null => Math.Min(_game.Moves.Plies, Board.Cells - 1),
        "version" when Chance(0.9) && _game is not null => _game.Version - _random.Next(2),
        "key" when Links() is [_, ..] links => Pick(links).Key,
        "prefix" => Pick(Names)[..1],
        "clock" when Chance(0.1) => new JsonObject { ["initial"] = 5, ["increment"] = 0 },
        _ => null,
    };

    private string Whom()
    {
        var user = _by is null ? null : Now(Lobby.Find(_by));
        if (user?.Invitation is { } invitation && Chance(0.7)) return (invitation.From == user.Name ? invitation.To : invitation.From).Text;
        if (Links() is [_, ..] hosts && Chance(0.2)) return Pick(hosts).Host;
        return Chance(0.03) ? "Stranger" : Chance(0.1) ? Pick(Names).ToUpperInvariant() : Pick(Names);
    }

    private (string Host, string Key)[] Links() => [.. _users.Select(name => Now(Lobby.Find(name))).OfType<User>().Where(user => user.Link is not null).Select(user => (user.Name.Text, user.Link!.Key))];

    private async Task Say(Speaker speaker, byte[] bytes, string? type)
    {
        var before = await State();

        var answers = await speaker.Ask(bytes, _random, Hear);

        Assert.Empty(_complaints.All);
        if (answers is null)
        {
            await Ended(speaker);
            var code = bytes.Length > Limits.MessageBytes ? WebSocketCloseStatus.MessageTooBig : WebSocketCloseStatus.InvalidPayloadData;
            Assert.Equal(code, speaker.FarEnd.ClosedByServer);
            Assert.Equal(code == WebSocketCloseStatus.InvalidPayloadData, bytes.Length <= Limits.MessageBytes && !Utf8.IsValid(bytes));
            Count(Distorted, $"closed with {(int)code}");
            return;
        }
        var answer = Assert.Single(answers);
        Assert.InRange(bytes.Length, 0, Limits.MessageBytes);
        if (Known(bytes) is var (id, isCertain) && (isCertain || answer.Re is not null)) Assert.Equal(id, answer.Re);
        Count(type ?? Distorted, answer.Code ?? answer.Type);

        switch (answer.Type)
        {
            case "error":
                Assert.Contains(answer.Code, MessageGrammar.ErrorCodes);
                if (type is not null) Assert.DoesNotContain(answer.Code, Malformed);
                Assert.Equal(before, await State());
                Codes.Add(answer.Code!);
                break;
            case "welcome":
                speaker.Name = answer.Name;
                if (!_users.Contains(UserName.From(answer.Name!))) _users.Add(UserName.From(answer.Name!));
                if (answer.Token is { } token && !_tokens.Contains(token)) _tokens.Add(token);
                if (_tokens.Count > 12) _tokens.RemoveAt(1);
                break;
        }
        if (type is not null && answer.Type != "error") Applied.Add(type);
    }

    /// <summary>Everything that an error leaves as it was: the lobby, and the games that run.</summary>
    private async Task<string> State()
    {
        var state = new StringBuilder().Append((await Lobby.List(1)).Version);
        foreach (var name in _users)
            foreach (var seat in (await Lobby.Find(name))?.Games ?? [])
            {
                _running.Add(seat.Game);
                state.Append(' ').Append((await Find(seat.Game))?.Version);
            }
        return state.ToString();
    }

    /// <summary>Both ends of all relations agree, and every game is one that can be played.</summary>
    private async Task Inspect()
    {
        foreach (var name in _users)
        {
            if (await Lobby.Find(name) is not { } user) continue;

            if (user.Invitation is { } invitation) Assert.Same(invitation, (await Lobby.Find(invitation.From == user.Name ? invitation.To : invitation.From))?.Invitation);
            foreach (var seat in user.Games)
            {
                Assert.Contains(new GameSeat(seat.Game, seat.Side.Opponent, user.Name), (await Lobby.Find(seat.Opponent))!.Games);
                Assert.Equal((user.Name, null), ((await Find(seat.Game))![seat.Side].Name, (await Find(seat.Game))!.Outcome));
            }
            Assert.InRange(user.Games.Length, 0, Rules.MaxGames);
            Assert.InRange(user.Connections.Length, 0, Rules.MaxConnections);
            Assert.Equal(_speakers.Count(speaker => UserName.TryFrom(speaker.Name, out var of) && of == user.Name), user.Connections.Length);
            Assert.Equal(user.IsHere, user.LeavesAt is null);
        }

        foreach (var id in _running.ToArray())
        {
            var game = (await Find(id))!;
            var columns = Enumerable.Range(0, game.Moves.Plies).Select(ply => game.Moves[ply]).ToArray();
            Assert.Null(new NaiveBoard(columns.SkipLast(1)).Winner);
            Assert.Equal(new NaiveBoard(columns).Winner, (game.Outcome as Outcome.FourInLine)?.Winner);
            if (game.Outcome is null) continue;

            Finished++;
            Count("games that ended", game.Outcome.GetType().Name);
            _running.Remove(id);
            _over.Enqueue(id);
            if (_over.Count > 20) _over.Dequeue();
        }
    }

    /// <summary>The id that the answer has to carry; and whether it has to, which is uncertain when there are several.</summary>
    private static (object? Id, bool IsCertain) Known(byte[] bytes)
    {
        try
        {
            using var message = JsonDocument.Parse(bytes, new() { MaxDepth = 8 });
            if (message.RootElement.ValueKind != JsonValueKind.Object) return (null, true);
            var ids = message.RootElement.EnumerateObject().Where(field => IsId(field)).ToArray();
            return ids is [] ? (null, true) : (Speaker.Id(ids[^1].Value), ids.Length == 1);
        }
        catch (JsonException)
        {
            return (null, true);
        }
    }

    private static bool IsId(JsonProperty field)
    {
        try
        {
            return field.NameEquals("id");
        }
        catch (InvalidOperationException)
        {
            return false; // Half a surrogate pair.
        }
    }

    private void Hear(byte[] bytes)
    {
        using var message = JsonDocument.Parse(bytes);
        var type = message.RootElement.GetProperty("type").GetString()!;
        _heard[type] = _heard.GetValueOrDefault(type) + 1;
        if (_heard[type] > FirstOfAType && _heard[type] % Sample != 0) return;
        Assert.True(Web.Tests.ProtocolSchema.IsFromServer(JsonNode.Parse(bytes)!.AsObject()), $"Not as the schema says: {Encoding.UTF8.GetString(bytes)}");
    }

    private async Task Ended(Speaker speaker)
    {
        _speakers.Remove(speaker);
        await speaker.Ended();
        while (speaker.FarEnd.Sent.TryRead(out var bytes)) Hear(bytes);
    }

    private async ValueTask<Game?> Find(GameId id) => await _adapter.Get<IGameJournal>().Find(id);

    private void Count(string what, string how)
    {
        if (!_answers.TryGetValue(what, out var answers)) _answers[what] = answers = [];
        answers[how] = answers.GetValueOrDefault(how) + 1;
    }

    private static string Counted(KeyValuePair<string, SortedDictionary<string, int>> answers) => $"{answers.Key}: {string.Join(", ", answers.Value.Select(answer => $"{answer.Value} {answer.Key}"))}";

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>The stores in memory answer at once.</summary>
    private static T Now<T>(ValueTask<T> answer) => answer.IsCompleted ? answer.Result : throw new InvalidOperationException("The store takes its time.");

    /// <summary>Warnings and errors on the log.</summary>
    private sealed class Complaints : ILoggerProvider, ILogger
    {
        public List<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            lock (All) All.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
