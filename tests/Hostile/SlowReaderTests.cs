using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ConnectFour.Hostile;

/// <summary>Those who ask and never read the answers.</summary>
[Collection(nameof(Siege))]
public sealed class SlowReaderTests(Besieged besieged, ITestOutputHelper output)
{
    private const int Readers = 200;

    /// <summary>Bytes that may wait for a reader: in the server's own queue, in the web server's below it, and in the buffer of what is being written from one to the other.</summary>
    private const int Queue = 65_536, QueueBelow = 65_536, Burst = 32_768;

    /// <summary>How many times that may be resident: the collector does not give back at once what it has emptied, and a server that is new has still to grow.</summary>
    private const int Resident = 3;

    /// <summary>How long a full queue may stay so, what the machine may need to notice, and how often it looks.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5), Slack = TimeSpan.FromSeconds(1), Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Twice in so long each reader asks: as often as is allowed.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private const string Find = """{"type":"find","prefix":"Reader","id":1}""";

    private readonly ServerProcess _server = besieged.Server;

    [Fact]
    public async Task F14_Two_hundred_who_never_read_cost_the_others_nothing_and_are_closed_even_if_they_send_pongs()
    {
        await using var bystanders = await besieged.Bystanders();
        var readers = new List<BareLine>();
        for (var number = 0; number < Readers; number++)
        {
            readers.Add(await BareLine.Upgrade(_server.Address, Loopback.Next(), receiveBuffer: 2_048));
            await readers[number].Join($"Reader{number}");
        }
        var answer = (await readers[0].Ask(JsonNode.Parse(Find)!.AsObject())).ToJsonString().Length;
        var filling = (Queue + QueueBelow) / (2.0 * answer) * Pace;
        var (closed, overflows) = (await Closed(), await Overflows());
        var (full, cut) = (new TimeSpan[Readers], new TimeSpan[Readers]);
        (long Resident, double Heap)? kept = null;

        await bystanders.Endure(
            async () =>
            {
                var before = await Kept();
                var asking = Task.WhenAll(readers.Select(async (line, number) =>
                {
                    await Ask(line, number);
                    cut[number] = Now;
                }));
                var queues = new long[Readers];
                using var tick = new PeriodicTimer(Look);
                while (!asking.IsCompleted)
                {
                    var waiting = SendQueues.Of(_server.Address);
                    for (var number = 0; number < Readers; number++)
                        if (waiting.TryGetValue(readers[number].From, out var queue) && queue > queues[number]) (queues[number], full[number]) = (queue, Now);
                    if (kept is null && full.Min() > TimeSpan.Zero && Now - full.Max() > filling) // Now all queues are full.
                    {
                        var now = await Kept();
                        kept = ((now.Resident - before.Resident) / Readers, (now.Heap - before.Heap) / Readers);
                        Assert.All(cut, time => Assert.Equal(default, time));
                    }
                    await tick.WaitForNextTickAsync();
                }
                await asking;
            },
            output);

        await Condition.Holds(async () => await Overflows() >= overflows + Readers);
        Assert.Equal(Readers, await Closed() - closed);
        var longest = cut.Zip(full, (end, begin) => end - begin).Max();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"closed at most {longest.TotalSeconds:0.0} s after the system took no more, after which the queues need {filling.TotalSeconds:0.0} s to fill; for each {kept!.Value.Heap / 1024:0.0} KB on the heap when full, {kept.Value.Resident:0} KB resident"));
        Assert.True(longest < filling + Deadline + Slack, $"One was closed {longest} after the system took no more.");
        Assert.InRange(kept.Value.Heap, 1_024, Queue + QueueBelow + Burst);
        Assert.True(kept.Value.Resident * 1_024 < Resident * (Queue + QueueBelow + Burst), $"Each took {kept.Value.Resident} KB.");
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    /// <summary>Asks as often as is allowed, until the server has cut the line. Not all begin in the same instant.</summary>
    private static async Task Ask(BareLine line, int number)
    {
        var question = ClientFrames.Frame(BareLine.TextFrame, Encoding.UTF8.GetBytes(Find));
        var pong = ClientFrames.Frame(BareLine.Pong, []);
        await Task.Delay(TimeSpan.FromMilliseconds(number), TimeProvider.System);
        using var pace = new PeriodicTimer(Pace);
        while (!line.IsCut && await line.Send(question) && await line.Send(question) && (number % 2 == 1 || await line.Send(pong))) await pace.WaitForNextTickAsync();
        line.Dispose();
    }

    /// <summary>Connections that were closed because their client read too slowly, by the code that was meant for them: none of them reads it.</summary>
    private Task<double> Closed() => besieged.Gauges.Read("connectfour_connection_closes_total", "code=\"4009\"");

    private Task<double> Overflows() => besieged.Gauges.Read("connectfour_sendqueue_overflows_total");

    /// <summary>What the server holds when it has collected its garbage, in KB, and in bytes on its heap.</summary>
    private async Task<(long Resident, double Heap)> Kept()
    {
        await GarbageCollection.Of(_server.ProcessId);
        return (Memory.Of(_server.ProcessId) * 1024, await besieged.Gauges.Read("dotnet_gc_last_collection_heap_size_bytes"));
    }
}
