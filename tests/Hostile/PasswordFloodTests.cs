using System.Collections.Concurrent;
using System.Net;

namespace ConnectFour.Hostile;

/// <summary>A look at a password costs half a second of a core: the cheapest way to keep a server busy, if it lets one.</summary>
[Collection(nameof(Siege))]
public sealed class PasswordFloodTests(Besieged besieged, ITestOutputHelper output)
{
    private const int Attempts = 1_000;

    private readonly ServerProcess _server = besieged.Server;

    [Fact]
    public async Task B29_A_thousand_logins_of_one_address_are_ten_whatever_it_says_of_itself()
    {
        await using var bystanders = await besieged.Bystanders();
        var (from, answers) = (Loopback.Next(), new ConcurrentBag<HttpResponseMessage>());
        using var http = Loopback.Http(_server.Address, from);

        await bystanders.Endure(
            () => Parallel.ForAsync(0, Attempts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, end) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = new StringContent($$"""{"name":"Nobody{{number}}","password":"wrong password"}""", null, "application/json") };
                request.Headers.Add("X-Forwarded-For", $"192.0.2.{number % 250}");
                request.Headers.Add("Forwarded", $"for=192.0.2.{number % 250}");
                answers.Add(await http.SendAsync(request, end));
            }),
            output);

        Assert.Equal(10, answers.Count(answer => answer.StatusCode != HttpStatusCode.TooManyRequests));
        Assert.All(answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests), answer => Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
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
        var answers = new ConcurrentBag<HttpResponseMessage>();
        var tries = 0;

        await bystanders.Endure(
            async () =>
            {
                var flood = Task.WhenAll(Enumerable.Range(0, addresses).Select(async number =>
                {
                    using var http = Loopback.Http(_server.Address, Loopback.Next());
                    await Task.WhenAll(Enumerable.Range(0, perMinute + 1).Select(async attempt =>
                        answers.Add(await Accounts.LogIn(http, number % 2 == 0 ? victim : $"Victim{number}x{attempt}", "wrong password"))));
                }));

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
            },
            output);

        var told = answers.CountBy(answer => answer.StatusCode).ToDictionary();
        output.WriteLine($"the owner got in at try {tries}; the flood was told {string.Join(", ", told)}");
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable], told.Keys.Order());
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Unauthorized), answer => Assert.NotNull(answer.Headers.RetryAfter));
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
}
