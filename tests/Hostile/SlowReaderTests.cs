namespace ConnectFour.Hostile;

/// <summary>Those who ask and never read the answers.</summary>
[Collection(nameof(Siege))]
public sealed class SlowReaderTests(Besieged besieged, ITestOutputHelper output)
{
    private const int Readers = 200;

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
        var before = await Closed();

        await bystanders.Endure(() => Task.WhenAll(readers.Select((line, number) => Ask(line, number))), output);

        await Condition.Holds(async () => await Closed() >= before + Readers);
    }

    /// <summary>Asks as often as is allowed, until the server has cut the line. Not all begin in the same instant.</summary>
    private static async Task Ask(BareLine line, int number)
    {
        var question = BareLine.Frame(BareLine.TextFrame, """{"type":"find","prefix":"Reader"}"""u8);
        var pong = BareLine.Frame(BareLine.Pong, []);
        await Task.Delay(TimeSpan.FromMilliseconds(number), TimeProvider.System);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!line.IsCut && await line.Send(question) && await line.Send(question) && (number % 2 == 1 || await line.Send(pong))) await pace.WaitForNextTickAsync();
        line.Dispose();
    }

    /// <summary>Connections that were closed because their client read too slowly.</summary>
    private Task<double> Closed() => besieged.Gauges.Read("connectfour_sendqueue_overflows_total");
}
