using System.Collections.Immutable;
using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Web.Tests;

/// <summary>A server that cannot take up the games of the last one ends: it must not have said by then that people may come.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task All_that_a_start_reads_from_the_journal_is_read_before_anybody_can_connect()
    {
        var reads = new List<bool>();

        await using var server = await RunningServer.Start(services => services.AddSingleton<IGameJournal>(provider => new WatchedJournal(
            new InMemoryGameJournal(provider.GetRequiredService<IEvents>()),
            () => reads.Add(provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Count > 0))));

        Assert.NotEmpty(reads);
        Assert.All(reads, Assert.False);
    }

    private sealed class WatchedJournal(IGameJournal journal, Action read) : IGameJournal
    {
        public ValueTask<RunningGames> Running()
        {
            read();
            return journal.Running();
        }

        public ValueTask<Game?> Find(GameId id) => journal.Find(id);

        public ValueTask<Game?> Recall(GameId id) => journal.Recall(id);

        public ValueTask<ImmutableArray<GameEvent>> Read(GameId id) => journal.Read(id);

        public ValueTask<AppendResult> Start(GameEvent.Started started, User first, User second) => journal.Start(started, first, second);

        public ValueTask<AppendResult> Append(Game next, ImmutableArray<GameEvent> events) => journal.Append(next, events);

        public ValueTask<ImmutableArray<GameId>> FlagsDue(DateTimeOffset now) => journal.FlagsDue(now);
    }
}
