using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Bots;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.WebSockets;
using ConnectFour.Web.Accounts;
using ConnectFour.Web.Operations;
using ConnectFour.Web.Truth;

namespace ConnectFour.Web;

/// <summary>A setting that the server will not start with; the message is one line that names it.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>Reads the settings under <c>ConnectFour</c>. One that is unknown or out of range stops the start: a limit that is not in force must not seem to be.</summary>
internal static class Settings
{
    private const string Root = "ConnectFour";

    /// <summary>Far beyond any use, and not so far that a deadline would leave the calendar.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public static LobbyRules LobbyRules(this IConfiguration configuration)
    {
        var rules = Read<LobbyRules>(configuration, "Lobby");
        Require(rules.InvitationLifetime > TimeSpan.Zero && rules.InvitationLifetime <= Longest, nameof(rules.InvitationLifetime), "above zero and at most a year");
        Require(rules.LinkLifetime > TimeSpan.Zero && rules.LinkLifetime <= Longest, nameof(rules.LinkLifetime), "above zero and at most a year");
        RequireGrace(rules.Grace, nameof(rules.Grace));
        RequireGrace(rules.Patience, nameof(rules.Patience));
        RequireGrace(rules.ReactionPause, nameof(rules.ReactionPause));
        RequireGrace(rules.GraceAfterLeaving, nameof(rules.GraceAfterLeaving));
        RequireGrace(rules.GraceAfterRestart, nameof(rules.GraceAfterRestart));
        RequireGrace(rules.GraceWithoutGame, nameof(rules.GraceWithoutGame));
        Require(rules.MaxGames >= 1, nameof(rules.MaxGames), "at least 1");
        Require(rules.MaxWatched >= 0, nameof(rules.MaxWatched), "not negative");
        Require(rules.MaxBlocked >= 0, nameof(rules.MaxBlocked), "not negative");
        Require(rules.MaxConnections >= 1, nameof(rules.MaxConnections), "at least 1");
        return rules;

        static void RequireGrace(TimeSpan grace, string name) => Require(grace >= TimeSpan.Zero && grace <= Longest, name, "from zero to a year");

        static void Require(bool condition, string name, string range)
        {
            if (!condition) throw new SettingsException($"{Root}:Lobby:{name} has to be {range}.");
        }
    }

    public static WebSocketLimits WebSocketLimits(this IConfiguration configuration) => Valid(Read<WebSocketLimits>(configuration, "Limits"), "Limits");

    /// <summary>The path below which everything is served, such as <c>/connect4</c>; nothing by default.</summary>
    public static PathString PathBase(this IConfiguration configuration) => configuration[$"{Root}:PathBase"] switch
    {
        null or "" or "/" => "",
        ['/', .. var rest] path when rest.Length > 0 && !rest.EndsWith('/') && rest.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '_' or '.' or '~') => path,
        var path => throw new SettingsException($"{Root}:PathBase has to be a path such as /connect4, and is '{path}'."),
    };

    /// <summary>The proxies that are believed, by address or network; none by default.</summary>
    public static IReadOnlyCollection<IPNetwork> Proxies(this IConfiguration configuration) => configuration[$"{Root}:Proxies"] is not { } text ? []
        : Web.Proxies.TryRead(text, out var proxies) ? proxies
        : throw new SettingsException($"{Root}:Proxies has to be addresses and networks such as 127.0.0.1, 10.0.0.0/8, and is '{text}'.");

    /// <summary>The connection string of PostgreSQL, where everything is kept if there is one; null for SQLite in the data directory.</summary>
    public static string? Postgres(this IConfiguration configuration) => configuration.GetConnectionString("Accounts") is { Length: > 0 } text ? text : null;

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration) => configuration.Postgres() is { } postgres
        ? services.AddPostgresStorage(postgres, configuration.StorageSettings())
        : services.AddSqliteStorage(configuration.DataDirectory(), configuration.StorageSettings());

    /// <summary>Where the nodes of a cluster meet; null for a server that is alone.</summary>
    public static string? Redis(this IConfiguration configuration) => configuration.GetConnectionString("Redis") switch
    {
        null => null,
        var text when Infrastructure.Redis.Registration.IsConnectionString(text) => configuration.Postgres() is not null ? text
            : throw new SettingsException("ConnectionStrings:Redis wants ConnectionStrings:Accounts besides: nodes that share a lobby share a journal."),
        _ => throw new SettingsException("ConnectionStrings:Redis has to be one such as redis.example.com:6379,password=...,ssl=true."), // Without the one that is there: it may hold a password.
    };

    public static string DataDirectory(this IConfiguration configuration) => configuration[$"{Root}:DataDirectory"] switch
    {
        null => Infrastructure.Storage.Sqlite.DataDirectory.Default,
        "" => throw new SettingsException($"{Root}:DataDirectory has to be a folder."),
        var path => path,
    };

    public static StorageSettings StorageSettings(this IConfiguration configuration) => Valid(Read<StorageSettings>(configuration, "Storage"), "Storage");

    public static AccountSettings AccountSettings(this IConfiguration configuration) => Valid(Read<AccountSettings>(configuration, "Accounts"), "Accounts");

    public static EngineSettings EngineSettings(this IConfiguration configuration) => Valid(Read<EngineSettings>(configuration, "Engine"), "Engine");

    public static OperationsSettings OperationsSettings(this IConfiguration configuration) => Valid(Read<OperationsSettings>(configuration, "Operations"), "Operations") switch
    {
        { Url: "" } settings => settings,
        var settings when Uri.TryCreate(settings.Url, UriKind.Absolute, out var address) && address is { Scheme: "http", AbsolutePath: "/" } => settings,
        var settings => throw new SettingsException($"{Root}:Operations:Url has to be an address such as http://127.0.0.1:9464, and is '{settings.Url}'."),
    };

    /// <summary>The web server would find that out too, and end with an exception that is nobody's fault.</summary>
    public static void RequireAddresses(this IConfiguration configuration)
    {
        foreach (var address in (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (BindingAddress.Parse(address).Port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
                throw new SettingsException($"Urls has to be addresses such as http://127.0.0.1:8080, and is '{configuration["Urls"]}'.");
    }

    public static HttpSettings HttpSettings(this IConfiguration configuration) => Valid(Read<HttpSettings>(configuration, "Http"), "Http");

    public static BotSettings BotSettings(this IConfiguration configuration) => Valid(Read<BotSettings>(configuration, "Bots"), "Bots");

    private static T Valid<T>(T settings, string section) where T : notnull
    {
        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(settings, new ValidationContext(settings), problems, validateAllProperties: true)
            ? settings
            : throw new SettingsException($"{Root}:{section}: {problems[0].ErrorMessage}");
    }

    private static T Read<T>(IConfiguration configuration, string section) where T : new()
    {
        if (configuration.GetChildren().FirstOrDefault(child => child.Key.StartsWith(Root, StringComparison.Ordinal) && child.Key.Length > Root.Length) is { } misspelt)
            throw new SettingsException($"There is no setting {misspelt.Key}: sections are set off by ':', or by '__' in the environment.");
        if (configuration[Root] is { } value) throw new SettingsException($"{Root} is a section and takes no value, such as '{value}'.");
        if (configuration.GetSection(Root).GetChildren().FirstOrDefault(child => child.Key is not ("Accounts" or "Bots" or "DataDirectory" or "Engine" or "Http" or "Lobby" or "Limits" or "Operations" or "PathBase" or "Proxies" or "Storage")) is { } unknown)
            throw new SettingsException($"There is no setting {unknown.Path}.");
        RequireUnits<T>(configuration.GetSection($"{Root}:{section}"));
        try
        {
            return configuration.GetSection($"{Root}:{section}").Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException problem)
        {
            throw new SettingsException($"{Root}:{section}: {problem.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>A bare number would be days, and whoever writes 60 means something else.</summary>
    private static void RequireUnits<T>(IConfigurationSection section)
    {
        foreach (var duration in typeof(T).GetProperties().Where(property => property.PropertyType == typeof(TimeSpan)))
            if (section[duration.Name] is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number != 0)
                throw new SettingsException($"{section.Path}:{duration.Name} has to be a duration such as 00:01:00, or 14.00:00:00 for 14 days, and is '{text}'.");
    }
}
