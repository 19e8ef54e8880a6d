using System.Runtime.Versioning;
using ConnectFour.Application;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>While the disk is full nothing is stored and everything can be read; when there is room again the games go on, and nobody has lost time.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(nameof(BrokenLog))]
public sealed class FullDiskTests : IDisposable
{
    private const int NoRoom = 3002;
    private const int RoomAgain = 3003;

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedEvents _audience = new();
    private readonly OpenJournal _open;

    public FullDiskTests() => _open = new OpenJournal(_folder.Path, _audience);

    private SqliteJournal Journal => _open.Journal;

    public void Dispose()
    {
        _open.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_finds_no_room_is_answered_unavailable_and_neither_stored_nor_published()
    {
        var game = await Started(null);
        var published = _audience.Games.Count;
        using var full = BrokenLog.Full(_folder.Path);

        var results = new List<AppendResult>();
        for (var i = 0; i < 5; i++) results.Add(await Append(Drop(game)));
        var start = await Journal.Start(Starting("another", null), Chronicle.People[2], Chronicle.People[3]);

        Assert.All([.. results, start], result => Assert.Equal(AppendResult.Unavailable, result));
        Assert.Equal(published, _audience.Games.Count);
        Assert.Equal(game, await Journal.Find(game.Id));
        Assert.Single(await Journal.Read(game.Id));
        Assert.Null(await Journal.Find(new GameId("another")));
        Assert.False(Journal.Failed.IsCompleted);
    }

    [Fact]
    public async Task It_is_said_once_that_nothing_can_be_stored_and_no_flag_is_due_meanwhile()
    {
        var game = await Started(TimeControl.From(10, 0));
        var health = new StorageHealth(Journal);
        using var full = BrokenLog.Full(_folder.Path);

        await Append(Drop(game));
        Pass(TimeSpan.FromMinutes(1));

        Assert.False(health.IsAvailable);
        Assert.Empty(await Journal.FlagsDue(_open.ServerTime.Now));
        Assert.Equal([game], (await Journal.Running()).Games.AsEnumerable());
        Assert.Single(_open.Log.Lines, line => line.Number == NoRoom);
        Assert.DoesNotContain(_open.Log.Lines, line => line.Number == RoomAgain);
    }

    [Fact]
    public async Task When_there_is_room_again_the_server_notices_by_itself_and_the_running_clock_gets_the_outage_back()
    {
        var game = await Started(TimeControl.From(60, 0));
        var unclocked = await Started(null, "unclocked");
        Pass(TimeSpan.FromSeconds(20));
        using (BrokenLog.Full(_folder.Path))
        {
            var refused = Drop(game);
            await Append(refused);
            Pass(TimeSpan.FromMinutes(5));
            await Settled(refused);
        }

        _open.Time.Advance(ServerTime.Beat);
        await Condition.Holds(() => Journal.IsAvailable);

        var resumed = (await Journal.Find(game.Id))!;
        Assert.Equal(TimeSpan.FromSeconds(50), resumed.Clock!.Remaining(Player.First, _open.ServerTime.Now));
        Assert.Equal(resumed, Game.Replay(await Journal.Read(game.Id)));
        Assert.IsType<GameEvent.Resumed>(Assert.Single(_audience.Games[^1].Events));
        Assert.Equal(unclocked, await Journal.Find(unclocked.Id));
        Assert.Empty(await Journal.FlagsDue(_open.ServerTime.Now.AddSeconds(49)));
        Assert.Equal([game.Id], await Journal.FlagsDue(_open.ServerTime.Now.AddSeconds(50)));
        Assert.Equal(AppendResult.Committed, await Append(Drop(resumed)));
        Assert.Single(_open.Log.Lines, line => line.Number == RoomAgain);
    }

    [Fact]
    public async Task The_first_move_that_finds_room_again_may_be_quicker_than_the_beat_and_the_clocks_get_theirs_all_the_same()
    {
        var game = await Started(TimeControl.From(60, 0));
        using (BrokenLog.Full(_folder.Path))
        {
            var refused = Drop(game);
            await Append(refused);
            Pass(TimeSpan.FromSeconds(30));
            await Settled(refused);
        }

        var tooOld = await Append(Drop(game));
        var anew = await Append(Drop((await Journal.Find(game.Id))!));

        Assert.Equal((AppendResult.Conflict, AppendResult.Committed), (tooOld, anew));
        Assert.Equal(TimeSpan.FromSeconds(70), (await Journal.Find(game.Id))!.Clock!.Remaining(Player.First, _open.ServerTime.Now));
    }

    [Fact]
    public async Task A_server_that_is_stopped_while_the_disk_is_full_left_when_it_became_so()
    {
        var game = await Started(TimeControl.From(60, 0));
        Pass(TimeSpan.FromSeconds(20));
        using (BrokenLog.Full(_folder.Path))
        {
            var refused = Drop(game);
            await Append(refused);
            Pass(TimeSpan.FromMinutes(5));
            await Settled(refused);
            _open.Dispose();
        }

        using var next = new OpenJournal(_folder.Path, time: _open.Time);
        var left = (await next.Journal.Running()).Left!.Value;

        Assert.InRange(left, OpenJournal.Start.AddSeconds(20) - ServerTime.Beat, OpenJournal.Start.AddSeconds(20) + ServerTime.Beat);
    }

    /// <summary>Time flies here: the writer has still to answer what the beats asked of it, and must not find room at a time long past.</summary>
    private async Task Settled(Decision<Game, GameEvent>.Accepted refused) => Assert.Equal(AppendResult.Unavailable, await Append(refused));

    private void Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += ServerTime.Beat) _open.Time.Advance(ServerTime.Beat);
    }

    private async Task<Game> Started(TimeControl? control, string id = "g")
    {
        var started = Starting(id, control);
        Assert.Equal(AppendResult.Committed, await Journal.Start(started, Chronicle.People[0], Chronicle.People[1]));
        return Game.Start(started);
    }

    private GameEvent.Started Starting(string id, TimeControl? control) =>
        new(new GameId(id), new Seat(Chronicle.People[0].Name, DiscColour.Red), new Seat(Chronicle.People[1].Name, DiscColour.Yellow), control, _open.ServerTime.Now);

    private Decision<Game, GameEvent>.Accepted Drop(Game game) =>
        Assert.IsType<Decision<Game, GameEvent>.Accepted>(game.Play(game[game.ToMove!.Value].Name, game.Moves.Plies, Column.From(4), _open.ServerTime.Now));

    private async Task<AppendResult> Append(Decision<Game, GameEvent>.Accepted step) => await Journal.Append(step.Next, step.Events);
}
