using ConnectFour.Terminal.Online;

namespace ConnectFour.Terminal.Tests;

/// <summary>Terminal clients on the real server.</summary>
public sealed class OnlineTests
{
    [Fact]
    public async Task Two_clients_meet_play_a_game_to_its_end_and_go_back_to_the_lobby()
    {
        await using var server = await RunningServer.Start();
        using var bob = new Client(server, "Bob");
        await bob.Until("The lobby.");
        using var alice = new Client(server, "Alice");
        await alice.Until("Bob ");

        bob.Type("wait", "accept", "4", "wait", "4", "wait", "4", "wait", "4", "q", "q");
        alice.Type("challenge Bob 60+1", "wait", "3", "wait", "3", "wait", "3", "wait", "7", "q", "q");

        Assert.Contains("Alice would like to play (60+1 s).\n", await bob.Ended(), StringComparison.Ordinal);
        Assert.Contains("Connect Four - Bob against Alice\n", await bob.Ended(), StringComparison.Ordinal);
        Assert.Matches(@"X  Bob \(you\) +1:0\d\n", await bob.Ended());
        Assert.Contains("Moves (7)\n4343434\nYou win: four in line.\n", await bob.Ended(), StringComparison.Ordinal);
        Assert.Contains("Moves (7)\n4343434\nBob wins: four in line.\n", await alice.Ended(), StringComparison.Ordinal);
        Assert.Contains("The game is over: r asks for another one, q goes to the lobby.\n", await alice.Ended(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_is_declined_or_withdrawn_and_a_game_given_up_only_when_asked_twice()
    {
        await using var server = await RunningServer.Start();
        using var bob = new Client(server, "Bob");
        using var alice = new Client(server, "Alice");
        await alice.Until("Bob ");

        alice.Type("challenge Bob");
        await bob.Until("Alice would like to play: a accepts, d declines.");
        bob.Type("decline");
        await alice.Until("Bob does not want to play now.");
        alice.Type("challenge Bob none", "cancel");
        await bob.Until("Alice does not ask any more.");
        bob.Type("challenge Alice none", "wait");
        await alice.Until("Bob would like to play: a accepts, d declines.");
        alice.Type("accept", "resign");
        await alice.Until("Once more gives the game up: it counts as a loss.");
        alice.Type("resign", "q", "q");
        bob.Type("q", "q");

        Assert.Contains("Bob wins: you gave up.\n", await alice.Ended(), StringComparison.Ordinal);
        Assert.Contains("You win: Alice gave up.\n", await bob.Ended(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_and_an_opponent_who_is_not_there_are_told_in_words()
    {
        await using var server = await RunningServer.Start();
        using var bob = new Client(server, "Bob");
        await bob.Until("The lobby.");

        bob.Type("challenge Nobody-Here", "q");
        Assert.Contains("Nobody here has this name.\n", await bob.Ended(), StringComparison.Ordinal);

        using var first = new Client(server, "Cy");
        await first.Until("The lobby.");
        using var second = new Client(server, "cy");
        second.Type("q");
        Assert.Contains(" q leaves.\n", await second.Ended(), StringComparison.Ordinal);
        first.Type("q");
        await first.Ended();
    }

    [Fact]
    public async Task Whoever_leaves_on_purpose_says_so_and_has_the_shorter_time_to_come_back()
    {
        await using var server = await RunningServer.Start("--ConnectFour:Lobby:GraceAfterLeaving", "00:00:07", "--ConnectFour:Lobby:Grace", "00:01:00");
        using var bob = new Client(server, "Bob");
        using var alice = new Client(server, "Alice");
        await alice.Until("Bob ");
        bob.Type("wait", "accept");
        alice.Type("challenge Bob none", "next");
        await bob.Until("Your turn.");

        bob.Type("q", "q", "q");
        await bob.Ended();

        Assert.Matches("Bob is away and keeps the seat for [5-7] s", await alice.Until("Bob is away and keeps the seat for "));
        alice.Type("q", "q", "q");
        await alice.Ended();
    }

    [Fact]
    public async Task A_cut_line_comes_back_and_the_game_goes_on()
    {
        await using var server = await RunningServer.Start();
        await using var relay = new Relay(server.Address);
        using var bob = new Client(relay.Address, "Bob");
        using var alice = new Client(server, "Alice");
        await alice.Until("Bob ");
        bob.Type("wait", "accept", "4");
        alice.Type("challenge Bob none", "wait");
        await alice.Until("Your turn.");

        relay.Cut();
        await alice.Until("Bob is away");
        alice.Type("3");
        await alice.Until("Moves (2)\n43\n");
        await bob.Until("No connection, trying again.");
        relay.Mend();
        await bob.Until("Moves (2)\n43\nYour turn.\nThe connection is back.");

        bob.Type("4", "resign", "resign", "q", "q");
        Assert.Contains("Moves (3)\n434\nAlice wins: you gave up.\n", await bob.Ended(), StringComparison.Ordinal);
        await alice.Until("You win: Bob gave up.");
        alice.Type("q", "q");
        await alice.Ended();
    }

    [Fact]
    public async Task An_address_without_a_server_of_this_game_is_told_in_words()
    {
        await using var server = await RunningServer.Start();
        using var bob = new Client(new Uri(server.Address, "/elsewhere"), "Bob");
        bob.Type("q");

        Assert.Contains("There is no Connect Four at this address (404). q leaves.\n", await bob.Ended(), StringComparison.Ordinal);
    }

    /// <summary>A person who types when something is to be read.</summary>
    private sealed class Client : IDisposable
    {
        private readonly Typed _typed = new();
        private readonly Screen _screen = new();
        private readonly Task _run;

        public Client(RunningServer server, string name) : this(server.Address, name) { }

        public Client(Uri address, string name)
        {
            var backstage = new Backstage();
            _run = Task.Run(async () =>
            {
                await using var activity = new OnlinePlay(address, UserName.From(name), backstage, TimeProvider.System);
                await new LineStage(_typed, _screen, backstage).Run(activity, CancellationToken.None);
            });
        }

        public void Type(params string[] lines) => Array.ForEach(lines, _typed.Add);

        /// <summary>All that was written, once this was, or an end of it that has it.</summary>
        public Task<string> Until(string text) => _screen.Until(text).WaitAsync(Script.Patience, TimeProvider.System);

        public async Task<string> Ended()
        {
            await _run.WaitAsync(Script.Patience, TimeProvider.System);
            return _screen.ToString();
        }

        public void Dispose()
        {
            _typed.Dispose();
            _screen.Dispose();
        }
    }

    private sealed class Typed : TextReader
    {
        private readonly System.Collections.Concurrent.BlockingCollection<string> _lines = [];

        public void Add(string line) => _lines.Add(line);

        public override string? ReadLine() => _lines.TryTake(out var line, Script.Patience) ? line : null;

        protected override void Dispose(bool disposing)
        {
            _lines.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Screen : StringWriter
    {
        private readonly Lock _lock = new();
        private readonly List<(string Text, TaskCompletionSource<string> Seen)> _awaited = [];

        public override Task WriteLineAsync(string? value)
        {
            lock (_lock)
            {
                WriteLine(value);
                Look();
            }
            return Task.CompletedTask;
        }

        public Task<string> Until(string text)
        {
            lock (_lock)
            {
                var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited.Add((text, seen));
                Look();
                return seen.Task;
            }
        }

        public override string ToString()
        {
            lock (_lock) return base.ToString();
        }

        private void Look()
        {
            foreach (var (text, seen) in _awaited)
                if (base.ToString().Contains(text, StringComparison.Ordinal)) seen.TrySetResult(base.ToString());
        }
    }
}
