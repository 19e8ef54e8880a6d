using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConnectFour.Web.Tests;

/// <summary>Sessions: their cookies, what outlives a restart, and what guards passwords.</summary>
public sealed class SessionTests
{
    private const string Another = "another password";

    [Fact]
    public async Task Over_plain_HTTP_the_cookie_is_for_requests_of_our_own_pages_only()
    {
        await using var server = await RunningServer.Start();
        using var visitor = new Visitor(server);

        var answer = await visitor.Post("/api/account", new { name = "Ann", password = Visitor.Password });

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("connect-four=", cookie, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=lax"], Attributes(cookie));
        Assert.InRange(cookie.Length, 1, 4_096);
    }

    [Fact]
    public async Task Over_HTTPS_the_cookie_is_never_sent_in_the_clear_and_belongs_to_this_host_alone()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RunningServer.Start(
            "--ConnectFour:DataDirectory", folder.Path, "--urls", "https://127.0.0.1:0", "--ConnectFour:Accounts:PlainHttp", "false",
            "--Kestrel:Certificates:Default:Path", Certificate(folder), "--Kestrel:Certificates:Default:Password", "secret");
        using var visitor = new Visitor(server);

        var answer = await visitor.Post("/api/account", new { name = "Ann", password = Visitor.Password });
        var name = await visitor.Name();
        var gone = await visitor.Send(HttpMethod.Delete, "/api/session");

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-connect-four=", cookie, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], Attributes(cookie));
        Assert.Equal("Ann", name);
        var deleted = Assert.Single(gone.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-connect-four=;", deleted, StringComparison.Ordinal);
        Assert.Contains("secure", Attributes(deleted)); // Or a browser would not take it for this cookie's end.
    }

    [Theory]
    [InlineData("Production", "", false)]
    [InlineData("Production", "false", false)]
    [InlineData("Production", "true", true)]
    [InlineData("Development", "", true)]
    [InlineData("Development", "false", false)]
    public async Task Passwords_are_taken_over_plain_HTTP_in_development_or_where_it_was_allowed(string environment, string plain, bool taken)
    {
        await using var server = await RunningServer.Start("--environment", environment, "--ConnectFour:Accounts:PlainHttp", plain);
        using var visitor = new Visitor(server);

        var register = await visitor.Post("/api/account", new { name = "Ann", password = Visitor.Password });
        var logIn = await visitor.LogIn("Ann");

        if (taken)
        {
            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (register.StatusCode, logIn.StatusCode));
            return;
        }
        foreach (var answer in new[] { register, logIn })
        {
            Assert.Equal((HttpStatusCode.Forbidden, "https_needed"), await Visitor.Problem(answer));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task Each_login_is_a_session_of_its_own_and_ends_the_one_that_the_browser_had()
    {
        await using var server = await RunningServer.Start();
        using var ann = await Visitor.Of(server, "Ann");
        using var planted = new Visitor(server);
        planted.Cookies.Add(ann.Cookies.GetAllCookies());
        var before = ann.Cookies.GetAllCookies().Single().Value;

        await ann.LogIn("Ann");

        Assert.NotEqual(before, ann.Cookies.GetAllCookies().Single().Value);
        Assert.Equal("Ann", await ann.Name());
        Assert.Null(await planted.Name());
    }

    [Fact]
    public async Task Who_logs_in_as_somebody_else_leaves_no_socket_open_as_the_first()
    {
        await using var server = await RunningServer.Start();
        using var bob = await Visitor.Of(server, "Bob");
        using var ann = await Member.Join(server, "Ann");

        await ann.Visitor.LogIn("Bob");

        Assert.Equal(4001, await ann.Bot.Line.Closed());
        Assert.Equal("Bob", await ann.Visitor.Name());
    }

    [Fact]
    public async Task Sessions_outlive_a_restart_and_their_keys_are_readable_by_the_owner_only()
    {
        using var folder = new TemporaryFolder();
        CookieContainer cookies;
        await using (var before = await RunningServer.Start("--ConnectFour:DataDirectory", folder.Path))
        {
            using var ann = await Visitor.Of(before, "Ann");
            cookies = ann.Cookies;
            foreach (var file in Directory.GetFiles(folder.Path))
                if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await using var after = await RunningServer.Start("--ConnectFour:DataDirectory", folder.Path);
        using var back = new Visitor(after, cookies);

        Assert.Equal("Ann", await back.Name());
        Assert.True(StoredRows.Scalar<long>(folder.Path, "SELECT count(*) FROM data_protection_keys") > 0);
    }

    [Fact]
    public async Task A_session_is_worth_nothing_on_another_server()
    {
        await using var here = await RunningServer.Start();
        await using var there = await RunningServer.Start();
        using var ann = await Visitor.Of(here, "Ann");
        using var other = await Visitor.Of(there, "Ann");

        using var stranger = new Visitor(there, ann.Cookies);

        Assert.Null(await stranger.Name());
    }

    [Fact]
    public async Task The_database_holds_neither_passwords_nor_keys_of_sessions()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await RunningServer.Start("--ConnectFour:DataDirectory", folder.Path))
        {
            using var ann = await Visitor.Of(server, "Ann");
        }

        var digest = StoredRows.Scalar<string>(folder.Path, "SELECT digest FROM sessions");
        var everything = string.Concat(Directory.GetFiles(folder.Path).Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));

        Assert.Matches("^[0-9A-F]{64}$", digest);
        Assert.Contains(digest, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Visitor.Password, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_hashed_220_000_times()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RunningServer.Start(OwnHasher, "--ConnectFour:DataDirectory", folder.Path);
        using var ann = await Visitor.Of(server, "Ann");

        Assert.Equal((1, 2, 220_000), Header(folder.Path)); // Identity's version 3 with HMAC-SHA512.
    }

    [Fact]
    public async Task An_older_hash_is_renewed_when_its_owner_logs_in_and_not_by_a_wrong_password()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RunningServer.Start(services => OwnHasher(services, 1_000), "--ConnectFour:DataDirectory", folder.Path);
        using var ann = await Visitor.Of(server, "Ann");
        var old = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 500 })).HashPassword(new Account(), Visitor.Password);
        StoredRows.Change(folder.Path, "UPDATE accounts SET password_hash = $hash", ("$hash", old));

        var wrong = await ann.LogIn("Ann", Another);
        var untouched = Header(folder.Path);
        var right = await ann.LogIn("Ann");
        var renewed = Header(folder.Path);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (wrong.StatusCode, right.StatusCode));
        Assert.Equal((500, 1_000), (untouched.Iterations, renewed.Iterations));
        Assert.Equal(HttpStatusCode.OK, (await ann.LogIn("Ann")).StatusCode);
    }

    [Fact]
    public async Task Who_gets_a_password_wrong_five_times_waits_longer_each_time_and_nobody_else_does()
    {
        await using var server = await RunningServer.Start();
        using var ann = await Visitor.Of(server, "Ann");
        using var bob = await Visitor.Of(server, "Bob");
        server.TimeFlows = false;
        var statuses = new List<HttpStatusCode>();
        var waits = new List<int>();

        for (var attempt = 0; attempt < 5; attempt++) statuses.Add((await ann.LogIn("Ann", Another)).StatusCode);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var refused = await ann.LogIn("ANN"); // Even by the right one, or whoever guesses would learn which it was.
            Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_attempts"), await Visitor.Problem(refused));
            waits.Add(Seconds(refused));
            server.Leap(TimeSpan.FromSeconds(waits[^1]));
            if (attempt < 7) statuses.Add((await ann.LogIn("Ann", Another)).StatusCode);
        }
        var others = await bob.LogIn("Bob");
        var right = await ann.LogIn("Ann");
        var again = await ann.LogIn("Ann", Another);
        var afterwards = await ann.LogIn("Ann");

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.Unauthorized, 12), statuses);
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (others.StatusCode, right.StatusCode));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (again.StatusCode, afterwards.StatusCode)); // A success forgives.
    }

    [Fact]
    public async Task Changing_and_deleting_guess_at_a_password_no_faster()
    {
        await using var server = await RunningServer.Start();
        using var ann = await Visitor.Of(server, "Ann");
        server.TimeFlows = false;

        for (var attempt = 0; attempt < 3; attempt++) await ann.Send(HttpMethod.Put, "/api/account/password", new Dictionary<string, string> { ["current"] = Another, ["new"] = Another });
        for (var attempt = 0; attempt < 2; attempt++) await ann.Send(HttpMethod.Delete, "/api/account", new { password = Another });
        HttpResponseMessage[] answers =
        [
            await ann.Send(HttpMethod.Put, "/api/account/password", new Dictionary<string, string> { ["current"] = Visitor.Password, ["new"] = Another }),
            await ann.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password }),
            await ann.LogIn("Ann"),
        ];

        foreach (var answer in answers) Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_attempts"), await Visitor.Problem(answer));
        Assert.Equal("Ann", await ann.Name());
    }

    [Fact]
    public async Task An_address_tries_so_many_passwords_a_minute_whosever_they_are_and_whatever_it_says_of_itself()
    {
        using var hasher = new HeldHasher();
        await using var server = await RunningServer.Start(hasher.Replace, "--ConnectFour:Accounts:AttemptsPerMinute", "10");
        using var visitor = new Visitor(server);
        await visitor.Register("Ann");
        for (var number = 0; number < 9; number++) await visitor.LogIn($"Nobody{number}");
        var before = (hasher.Hashed, hasher.Verified);

        visitor.Say("X-Forwarded-For", "203.0.113.7");
        HttpResponseMessage[] answers =
        [
            await visitor.LogIn("Ann"),
            await visitor.Post("/api/account", new { name = "Late", password = Visitor.Password }),
            await visitor.Send(HttpMethod.Put, "/api/account/password", new Dictionary<string, string> { ["current"] = Visitor.Password, ["new"] = Another }),
            await visitor.Send(HttpMethod.Delete, "/api/account", new { password = Visitor.Password }),
        ];

        foreach (var answer in answers)
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_attempts"), await Visitor.Problem(answer));
            Assert.InRange(Seconds(answer), 1, 60);
        }
        Assert.Equal(before, (hasher.Hashed, hasher.Verified));
        Assert.Equal("Ann", await visitor.Name()); // Who is logged in stays so.
    }

    [Fact]
    public async Task When_too_many_passwords_wait_to_be_hashed_the_next_ones_are_asked_to_come_back()
    {
        const int Waiting = 32;
        var turns = Math.Max(1, Environment.ProcessorCount / 2);
        using var hasher = new HeldHasher();
        await using var server = await RunningServer.Start(hasher.Replace);
        using var ann = await Visitor.Of(server, "Ann");
        hasher.Hold();
        var logins = Enumerable.Range(0, turns + Waiting + 5).Select(_ => ann.LogIn("Ann")).ToList();

        var refused = new List<HttpResponseMessage>();
        for (var number = 0; number < 5; number++)
        {
            var first = await Task.WhenAny(logins);
            logins.Remove(first);
            refused.Add(await first);
        }
        var registering = await ann.Post("/api/account", new { name = "Late", password = Visitor.Password });
        using var bot = new Bot("Bob");
        await bot.Join(server.Address); // Games go on.
        hasher.Release();
        var answers = await Task.WhenAll(logins);

        foreach (var answer in refused.Append(registering))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "busy"), await Visitor.Problem(answer));
            Assert.InRange(Seconds(answer), 1, 60);
        }
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await ann.LogIn("Ann")).StatusCode);
    }

    [Theory]
    [InlineData("Nobody-here", Visitor.Password)]
    [InlineData("Nobody-here", Another)]
    [InlineData("Ann", "")]
    [InlineData("Ann", "short")]
    [InlineData("Ann", Another)]
    public async Task A_login_that_fails_costs_the_same_whether_the_name_is_known_or_not(string name, string password)
    {
        using var hasher = new HeldHasher();
        await using var server = await RunningServer.Start(hasher.Replace);
        using var ann = await Visitor.Of(server, "Ann");
        await ann.LogIn("Ann");
        var (before, compared) = ((hasher.Hashed, hasher.Verified), hasher.Compared);

        var answer = await ann.LogIn(name, password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(Cost(compared!), Cost(hasher.Compared!));
        Assert.Equal((before.Hashed, before.Verified + 1), (hasher.Hashed, hasher.Verified));
    }

    /// <summary>The hasher as the program has it, without the tests' quick one.</summary>
    private static void OwnHasher(IServiceCollection services) => OwnHasher(services, null);

    private static void OwnHasher(IServiceCollection services, int? iterations)
    {
        foreach (var quick in services.Where(service => service.ServiceType == typeof(IPostConfigureOptions<PasswordHasherOptions>)).ToArray()) services.Remove(quick);
        if (iterations is { } count) services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = count);
    }

    /// <summary>What a stored hash says of itself: the format's marker, the function (2: HMAC-SHA512), and how often.</summary>
    private static (int Marker, int Function, int Iterations) Header(string folder)
    {
        var hash = Convert.FromBase64String(StoredRows.Scalar<string>(folder, "SELECT password_hash FROM accounts"));
        return (hash[0], Number(1), Number(5));

        int Number(int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at));
    }

    /// <summary>All that a hash says before salt and key, and how long it is.</summary>
    private static (string Header, int Length) Cost(string hash) => (Convert.ToHexString(Convert.FromBase64String(hash).AsSpan(0, 13)), hash.Length);

    private static int Seconds(HttpResponseMessage answer) => (int)answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds;

    /// <summary>All but the value and when it ends.</summary>
    private static IEnumerable<string> Attributes(string cookie) =>
        cookie.Split(';').Skip(1).Select(attribute => attribute.Trim().ToLowerInvariant()).Where(attribute => !attribute.StartsWith("expires=", StringComparison.Ordinal)).Order();

    private static string Certificate(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = Path.Combine(folder.Path, "certificate.pfx");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, "secret"));
        return file;
    }
}
