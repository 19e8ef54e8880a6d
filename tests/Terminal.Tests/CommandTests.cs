namespace ConnectFour.Terminal.Tests;

public sealed class CommandTests
{
    [Theory]
    [InlineData("4", "Drop { Column = 4 }")]
    [InlineData(" back ", "Do { Act = Back }")]
    [InlineData("Q", "Do { Act = Leave }")]
    [InlineData("jump 12", "Jump { Ply = 12 }")]
    [InlineData("paste 44 35", "Paste { Text = 4435 }")]
    [InlineData("challenge Bob", "Challenge { Opponent = Bob, Control = TimeControl { Initial = 00:03:00, Increment = 00:00:02 } }")]
    [InlineData("challenge Bob none", "Challenge { Opponent = Bob, Control =  }")]
    [InlineData("challenge Bob 60+0", "Challenge { Opponent = Bob, Control = TimeControl { Initial = 00:01:00, Increment = 00:00:00 } }")]
    [InlineData("challenge Bob 1+0", "Other { Text = challenge Bob 1+0 }")]
    [InlineData("8", "Other { Text = 8 }")]
    [InlineData("٤", "Other { Text = ٤ }")]
    [InlineData("44", "Other { Text = 44 }")]
    [InlineData("jump -1", "Other { Text = jump -1 }")]
    [InlineData("dance", "Other { Text = dance }")]
    public void A_line_is_a_command(string line, string command) => Assert.Equal(command, Command.Parse(line).ToString());

    [Fact]
    public void A_key_is_a_command_at_once()
    {
        Assert.Equal(new Command.Drop(Column.From(7)), Press(default, '7').Command);
        Assert.Equal(new Command.Do(Act.Left), new Entry().Press(new('\0', ConsoleKey.LeftArrow, false, false, false)).Command);
        Assert.Equal(new Command.Do(Act.Leave), Press(default, 'Q').Command);
        Assert.Null(Press(default, '8').Command);
        Assert.Null(Press(default, 'z').Command);
    }

    [Fact]
    public void While_a_line_is_typed_keys_are_letters_until_it_is_entered_or_left()
    {
        var entry = Press(default, 'j').Next;
        foreach (var letter in "1q7") (entry, _) = Press(entry, letter);
        Assert.Equal("jump 1q7", entry.Text);

        (entry, _) = entry.Press(new('\b', ConsoleKey.Backspace, false, false, false));
        (entry, _) = entry.Press(new('\b', ConsoleKey.Backspace, false, false, false));
        var (after, command) = entry.Press(new('\r', ConsoleKey.Enter, false, false, false));

        Assert.Equal(new Command.Jump(1), command);
        Assert.Null(after.Text);
        Assert.Equal(default, entry.Press(new('\e', ConsoleKey.Escape, false, false, false)));
    }

    [Theory]
    [InlineData("", "Menu { }")]
    [InlineData("play", "Play { Against = , Person = First }")]
    [InlineData("play --against CLUB", "Play { Against = Club, Person = First }")]
    [InlineData("play --second --against rookie", "Play { Against = Rookie, Person = Second }")]
    [InlineData("replay game.txt", "Replay { Of = game.txt }")]
    [InlineData("online localhost:8080 Bob", "Online { Server = http://localhost:8080/, Name = Bob }")]
    [InlineData("solve --file a.txt --threads 2", "SolveFile { File = a.txt, Threads = 2 }")]
    [InlineData("--help", "Help { }")]
    public void The_command_line_is_a_request(string line, string request) => Assert.Equal(request, Request.Parse(Words(line)).ToString());

    [Theory]
    [InlineData("dance", "'dance' is nothing that this program does; 'help' lists what it does.")]
    [InlineData("play --against god", "There is no level 'god': rookie, casual, club, master, perfect.")]
    [InlineData("play --against 3", "There is no level '3': rookie, casual, club, master, perfect.")]
    [InlineData("play --second", "play [--against LEVEL [--second]]")]
    [InlineData("analyse 448", "Ply 3 ('8'): not a column from 1 to 7.")]
    [InlineData("solve --file", "solve [NOTATION] or solve --file FILE")]
    [InlineData("solve --threads none 4", "--threads is followed by a number from 1 to 64.")]
    [InlineData("online ftp://x Bob", "'ftp://x' is no address such as http://localhost:8080.")]
    [InlineData("online localhost admin", "'admin' is no name: 2 to 20 letters, digits, '-' and '_', first a letter, and not reserved.")]
    public void What_makes_no_sense_is_refused_in_words(string line, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => Request.Parse(Words(line))).Message);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static (Entry Next, Command? Command) Press(Entry entry, char letter) => entry.Press(new(letter, ConsoleKey.None, false, false, false));
}
