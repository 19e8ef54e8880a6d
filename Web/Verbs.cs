using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.Storage.Sqlite;

namespace ConnectFour.Web;

/// <summary>What the program does besides serving: <c>check</c>, <c>backup</c>, <c>export</c> and <c>migrate</c>.</summary>
internal static class Verbs
{
    public const int Sound = 0;
    public const int Unsound = 1;

    public const string Help =
        """
        connect four server

          (nothing)        serve, on the address of the setting Urls
          check            look for damage, games that break the rules, and records that are no recount; 0 if all is well, otherwise 1
          backup FILE      copy the database as it is now, also while a server runs; to restore it, stop the server and put the copy in the place of
                           connect-four.db in the data directory, without the files that end in -wal and -shm
          export [FILE]    write all games as text, to the screen if no file is named
          migrate          bring the schema of PostgreSQL up to date, before servers of this version start on it; SQLite's is at the start
          help             this

        Settings are given as --ConnectFour:DataDirectory DIR or in the environment as ConnectFour__DataDirectory=DIR; docs/operating.md lists them.
        With ConnectionStrings:Accounts (in the environment ConnectionStrings__Accounts) everything lies in PostgreSQL, and is copied by pg_dump.
        """;

    /// <summary>The exit code, or null if the arguments are no verb.</summary>
    /// <exception cref="SettingsException">A verb that does not exist, or without what it needs.</exception>
    public static int? Run(string[] args, TextWriter to)
    {
        if (args.Intersect(["--help", "-h"]).Any()) args = ["help"];
        var (words, settings) = Split(args);
        if (words is []) return null;

        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(settings).Build();
        switch (words)
        {
            case ["check"]:
                return Check(configuration, to);
            case ["backup", var file]:
                using (var data = Open(configuration)) data.Backup(file);
                to.WriteLine($"Copied to {file}.");
                return Sound;
            case ["export"]:
                using (var data = Open(configuration)) data.Export(to);
                return Sound;
            case ["export", var file]:
                using (var data = Open(configuration))
                using (var text = new StreamWriter(DataDirectory.CreateFile(file))) data.Export(text);
                return Sound;
            case ["migrate"]:
                return Migrate(configuration, to);
            case ["help"]:
                to.WriteLine(Help);
                return Sound;
            default:
                throw new SettingsException($"'{string.Join(' ', words)}' is nothing that this program does; 'help' lists what it does.");
        }
    }

    /// <summary>Settings come in pairs, or with an equals sign; whatever else there is are words.</summary>
    private static (string[] Words, string[] Settings) Split(string[] args)
    {
        var (words, settings) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-'))
            {
                words.Add(args[i]);
                continue;
            }
            settings.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length) settings.Add(args[++i]);
        }
        return ([.. words], [.. settings]);
    }

    private static Maintenance Open(IConfiguration configuration) =>
        configuration.Postgres() is { } postgres ? Maintenance.Connect(postgres) : Maintenance.Open(configuration.DataDirectory());

    private static int Migrate(IConfiguration configuration, TextWriter to)
    {
        if (configuration.Postgres() is not { } postgres) throw new SettingsException("There is nothing to migrate: ConnectionStrings:Accounts is not set, and SQLite is migrated at the start.");
        var taken = Registration.MigratePostgres(postgres);
        foreach (var migration in taken) to.WriteLine(migration);
        to.WriteLine(taken is [] ? "The schema was up to date." : "The schema is up to date.");
        return Sound;
    }

    private static int Check(IConfiguration configuration, TextWriter to)
    {
        using var data = Open(configuration);
        string[] problems = [.. data.Check()];
        foreach (var problem in problems) to.WriteLine(problem);
        var games = data.Count() is var (finished, running, setAside) ? $"{finished} finished games, {running} running, {setAside} set aside" : "The games cannot be counted";
        to.WriteLine($"{games}: {(problems.Length == 0 ? "all is well" : $"{problems.Length} problems")}.");
        return problems.Length == 0 ? Sound : Unsound;
    }
}
