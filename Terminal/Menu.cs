namespace ConnectFour.Terminal;

/// <summary>What there is to do, for whoever started the program without saying.</summary>
internal sealed class Menu : Activity
{
    private const string Keys = "arrows, Enter or the number: choose   :  type a command line\nq: leave";
    private const string Lines = "Commands: a number, or a command line such as 'play --against club'; quit leaves.";

    private static readonly ImmutableArray<(string Title, string Line, bool IsWhole)> Items =
    [
        ("Two at one keyboard", "play", true),
        ("Against a bot", "play --against ", false),
        ("Analysis board", "analyse", true),
        ("Replay a game", "replay ", false),
        ("Online", "online http://localhost:8080 ", false),
    ];

    private int _at;
    private string _notice = "";

    /// <summary>What was chosen, if anything.</summary>
    public Request? Chosen { get; private set; }

    public override Scene Scene => new()
    {
        Title = "Connect Four",
        Side = [.. Items.Select((item, i) => new SceneLine($"{(i == _at ? '>' : ' ')} {i + 1}  {item.Title}", i == _at ? Ink.Strong : Ink.Plain))],
        Status = "What would you like?",
        Notice = _notice,
        KeyHint = Keys,
        WordHint = Lines,
    };

    public override void Handle(Command command)
    {
        _notice = "";
        switch (command)
        {
            case Command.Do { Act: Act.Leave }: IsLeft = true; break;
            case Command.Do { Act: Act.Up }: _at = Math.Max(_at - 1, 0); break;
            case Command.Do { Act: Act.Down }: _at = Math.Min(_at + 1, Items.Length - 1); break;
            case Command.Do { Act: Act.Enter }: Choose(_at); break;
            case Command.Drop number when number.Column.Number <= Items.Length: Choose(number.Column.Number - 1); break;
            case Command.Other other: Choose(other.Text); break;
            default: _notice = "That cannot be done here."; break;
        }
    }

    /// <summary>What could not be begun.</summary>
    public void Explain(string problem) => (_notice, IsLeft, Chosen) = (problem, false, null);

    private void Choose(int item)
    {
        _at = item;
        if (Items[item].IsWhole) Choose(Items[item].Line);
        else (Asks, _notice) = (Items[item].Line, item switch
        {
            1 => "rookie, casual, club, master or perfect; add --second to let it begin",
            3 => "a notation such as 44353, or the name of a file",
            _ => "the server's address, and your name",
        });
    }

    private void Choose(string line)
    {
        try
        {
            Chosen = Request.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            IsLeft = true;
        }
        catch (FormatException problem)
        {
            _notice = problem.Message;
        }
    }
}
