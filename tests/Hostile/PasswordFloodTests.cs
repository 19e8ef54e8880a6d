using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ConnectFour.Hostile;

/// <summary>A look at a password costs half a second of a core: the cheapest way to keep a server busy, if it lets one.</summary>
[Collection(nameof(Siege))]
public sealed partial class PasswordFloodTests(Besieged besieged, ITestOutputHelper output)
{
    private const int Attempts = 1_000;

    /// <summary>The logins of a flood, how many are sent in a second, and how many have to be.</summary>
    private const int Logins = 3_000, PerSecond = 1_500, Promised = 1_000;

    private readonly ServerProcess _server = besieged.Server;

    [Fact]
    public async Task B29_A_thousand_logins_a_second_of_one_address_are_ten_whatever_it_says_of_itself()
    {
        await using var bystanders = await besieged.Bystanders();
        var (lines, answers) = (Enumerable.Repeat(Loopback.Next(), 10).ToArray(), Array.Empty<Answer>());

        await bystanders.Endure(async () => answers = await Flood(lines, (line, number) => $"Nobody{line}x{number}"), output);

        Assert.Equal(10, answers.Count(answer => answer.Status != HttpStatusCode.TooManyRequests));
        Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests), answer => Assert.InRange(answer.RetryAfter!.Value, 1, 60));
    }

    [Fact]
    public async Task B29_A_flood_of_logins_from_everywhere_on_one_account_and_on_many_keeps_nobody_out()
    {
        const string victim = "Login-victim";
        const int addresses = 20, perMinute = 10;
        await using var bystanders = await besieged.Bystanders();
        using var known = Loopback.Http(_server.Address, Loopback.Next());
        await Accounts.Register(known, victim);
        using var elsewhere = Loopback.Http(_server.Address, Loopback.Next());
        var everywhere = Enumerable.Range(0, addresses).Select(_ => Loopback.Next()).ToArray();
        var (answers, late) = (new ConcurrentBag<HttpResponseMessage>(), Array.Empty<Answer>());
        var tries = 0;

        await bystanders.Endure(
            async () =>
            {
                var flood = Task.WhenAll(everywhere.Select(async (address, number) =>
                {
                    using var http = Loopback.Http(_server.Address, address);
                    await Task.WhenAll(Enumerable.Range(0, perMinute + 1).Select(async attempt => answers.Add(await Accounts.LogIn(http, Name(number, attempt), "wrong password"))));
                }));

                // Who is refused has had their ten: no login that follows waits behind a password that is looked at.
                await Condition.Holds(() => answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests) == addresses);
                var more = Flood(everywhere, Name);

                // Who has a session is not asked for a password, and who has none gets their turn.
                Assert.Contains(victim, await known.GetStringAsync("/api/session"), StringComparison.Ordinal);
                HttpResponseMessage login;
                while (true)
                {
                    login = await Accounts.LogIn(elsewhere, victim);
                    tries++;
                    if (login.StatusCode != HttpStatusCode.ServiceUnavailable) break;
                    await Task.Delay(login.Headers.RetryAfter!.Delta!.Value, TimeProvider.System);
                }
                Assert.Equal(HttpStatusCode.OK, login.StatusCode);
                await flood;
                late = await more;
            },
            output);

        var told = answers.CountBy(answer => answer.StatusCode).ToDictionary();
        output.WriteLine($"the owner got in at try {tries}; the flood was told {string.Join(", ", told)}");
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable], told.Keys.Order());
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Unauthorized), answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.All(late, answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status));
        Assert.All(late, answer => Assert.InRange(answer.RetryAfter!.Value, 1, 60));

        static string Name(int number, int attempt) => number % 2 == 0 ? victim : $"Victim{number}x{attempt}";
    }

    [Fact]
    public async Task B30_A_thousand_registrations_of_one_address_are_ten_and_a_name_is_taken_once()
    {
        await using var bystanders = await besieged.Bystanders();
        using var first = Loopback.Http(_server.Address, Loopback.Next());
        await Accounts.Register(first, "Registered");
        using var http = Loopback.Http(_server.Address, Loopback.Next());
        var answers = new ConcurrentBag<HttpStatusCode>();

        await bystanders.Endure(
            async () =>
            {
                answers.Add((await Accounts.TryRegister(http, "registered")).StatusCode);
                await Parallel.ForAsync(1, Attempts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) => answers.Add((await Accounts.TryRegister(http, $"New{number}")).StatusCode));
            },
            output);

        Assert.Single(answers, HttpStatusCode.Conflict);
        Assert.Equal(9, answers.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(Attempts - 10, answers.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    /// <summary>Logins with a wrong password, those of a line one behind the other without waiting for an answer; they say that they come from elsewhere.</summary>
    /// <param name="name">Whose, by the line and the number of the login on it.</param>
    private async Task<Answer[]> Flood(IPAddress[] from, Func<int, int, string> name)
    {
        var each = Logins / from.Length;
        var began = TimeProvider.System.GetTimestamp();

        var answers = await Task.WhenAll(from.Select(async (address, number) =>
        {
            using var line = await BareLine.Open(_server.Address, address);
            var rest = line.Rest();
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (int sent = 0, due; sent < each; sent = due)
            {
                await pace.WaitForNextTickAsync();
                due = Math.Min(each, (int)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * PerSecond / from.Length));
                await line.Send(Enumerable.Range(sent, due - sent).SelectMany(attempt => Login(name(number, attempt), attempt, isLast: attempt == each - 1)).ToArray());
            }
            return (Sent: TimeProvider.System.GetElapsedTime(began), Answers: (await rest).Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries).Select(Answer.From).ToArray());
        }));

        var (rate, answered) = (Logins / answers.Max(one => one.Sent).TotalSeconds, Logins / TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rate:0} logins a second, {answered:0} with their answers"));
        Assert.True(rate > Promised, $"These were only {rate} logins a second.");
        Assert.All(answers, one => Assert.Equal(each, one.Answers.Length));
        return [.. answers.SelectMany(one => one.Answers)];
    }

    private static byte[] Login(string name, int attempt, bool isLast)
    {
        var body = Encoding.ASCII.GetBytes($$"""{"name":"{{name}}","password":"wrong password"}""");
        var elsewhere = $"192.0.2.{attempt % 250}";
        string[] head =
        [
            "POST /api/session HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", $"Content-Length: {body.Length}", $"X-Forwarded-For: {elsewhere}", $"Forwarded: for={elsewhere}",
            $"Connection: {(isLast ? "close" : "keep-alive")}",
        ];
        return [.. BareLine.Request(head), .. body];
    }

    /// <param name="RetryAfter">In seconds, if it was said.</param>
    private sealed partial record Answer(HttpStatusCode Status, int? RetryAfter)
    {
        /// <param name="text">What follows the version of the protocol.</param>
        public static Answer From(string text) =>
            new((HttpStatusCode)int.Parse(text[..3], CultureInfo.InvariantCulture), Wait().Match(text) is { Success: true } wait ? int.Parse(wait.Groups[1].Value, CultureInfo.InvariantCulture) : null);

        [GeneratedRegex(@"\r\nRetry-After: (\d+)\r\n")]
        private static partial Regex Wait();
    }
}
