namespace ConnectFour.Terminal;

/// <summary>What the program was asked to do. One of the cases nested here, and no other.</summary>
internal abstract record Request
{
    private Request() { }

    public sealed record Menu : Request;

    public sealed record Help : Request;

    /// <param name="Against">Null for two people.</param>
    public sealed record Play(Level? Against, Player Person) : Request;

    public sealed record Analyse(Notation Moves) : Request;

    /// <param name="Of">A notation or a file.</param>
    public sealed record Replay(string Of) : Request;

    public sealed record Online(Uri Server, UserName Name) : Request;

    public sealed record Solve(Notation Moves, int Threads) : Request;

    /// <param name="File">Its name; <c>-</c> for what is piped in.</param>
    public sealed record SolveFile(string File, int Threads) : Request;

    public const string Usage =
        """
        connect four in a terminal

          (nothing)                                     a menu
          play                                          two people at one keyboard
          play --against LEVEL [--second]               against a bot: rookie, casual, club, master or perfect; with --second it begins
          analyse [NOTATION]                            a board with the score of every column
          replay NOTATION|FILE                          step through a game: a notation, or a file with one or with a game record
          online ADDRESS NAME                           play on a server, such as http://localhost:8080
          solve [NOTATION] [--threads N]                the score of every column, and the best line
          solve --file FILE [--threads N]               'notation score' for each line of a file, - for the standard input
          help                                          this

          --plain    no colours, ASCII only (NO_COLOR=1 turns off the colours alone)
          --lines    commands and answers line by line, as when input or output is no terminal

        A notation is the columns in order, 1 to 7 from the left, such as 44353.
        """;

    /// <exception cref="FormatException">The words make no sense; the message says why.</exception>
    public static Request Parse(string[] words) => words switch
    {
        [] => new Menu(),
        ["help" or "--help" or "-h"] => new Help(),
        ["play", .. var how] => ParsePlay([.. how]),
        ["analyse" or "analyze"] => new Analyse(default),
        ["analyse" or "analyze", var moves] => new Analyse(Notation.From(moves)),
        ["replay", var of] => new Replay(of),
        ["online", var address, var name] => new Online(AddressFrom(address), NameFrom(name)),
        ["solve", .. var what] => ParseSolve([.. what]),
        _ => throw new FormatException($"'{string.Join(' ', words)}' is nothing that this program does; 'help' lists what it does."),
    };

    private static Play ParsePlay(List<string> how)
    {
        var isSecond = how.Remove("--second");
        return how switch
        {
            [] when !isSecond => new Play(null, Player.First),
            ["--against", var level] when Enum.TryParse<Level>(level, ignoreCase: true, out var known) && !char.IsAsciiDigit(level[0]) =>
                new Play(known, isSecond ? Player.Second : Player.First),
            ["--against", var level] => throw new FormatException($"There is no level '{level}': {string.Join(", ", Enum.GetNames<Level>()).ToLowerInvariant()}."),
            _ => throw new FormatException("play [--against LEVEL [--second]]"),
        };
    }

    private static Request ParseSolve(List<string> what)
    {
        var threads = 1;
        if (what.IndexOf("--threads") is >= 0 and var at)
        {
            if (at + 1 >= what.Count || !int.TryParse(what[at + 1], out threads) || threads is < 1 or > 64) throw new FormatException("--threads is followed by a number from 1 to 64.");
            what.RemoveRange(at, 2);
        }
        return what switch
        {
            [] => new Solve(default, threads),
            ["--file", var file] => new SolveFile(file, threads),
            [var moves] when !moves.StartsWith("--", StringComparison.Ordinal) => new Solve(Notation.From(moves), threads),
            _ => throw new FormatException("solve [NOTATION] or solve --file FILE"),
        };
    }

    private static Uri AddressFrom(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal)) text = $"http://{text}";
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new FormatException($"'{text}' is no address such as http://localhost:8080.");
    }

    private static UserName NameFrom(string text) => UserName.TryFrom(text, out var name)
        ? name
        : throw new FormatException($"'{text}' is no name: 2 to 20 letters, digits, '-' and '_', first a letter, and not reserved.");
}
