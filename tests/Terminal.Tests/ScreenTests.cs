using Spectre.Console;

namespace ConnectFour.Terminal.Tests;

public sealed class ScreenTests
{
    [Fact]
    public void A_board_is_drawn_with_letters_the_last_disc_and_the_cursor()
    {
        var scene = new Scene { Title = "A game", Board = new BoardView(Notation.From("4435").Board) { Last = Column.From(5), Cursor = Column.From(1) }, Status = "X to move." };

        var drawn = new ScreenPainter(unicode: false).Paint(scene).ToString();

        Assert.StartsWith(
            """
             A game

                 v
               +---+---+---+---+---+---+---+
               |   |   |   |   |   |   |   |
               +---+---+---+---+---+---+---+
               |   |   |   |   |   |   |   |
               +---+---+---+---+---+---+---+
               |   |   |   |   |   |   |   |
               +---+---+---+---+---+---+---+
               |   |   |   |   |   |   |   |
               +---+---+---+---+---+---+---+
               |   |   |   | O |   |   |   |
               +---+---+---+---+---+---+---+
               |   |   | X | X |(O)|   |   |
               +---+---+---+---+---+---+---+
                 1   2   3   4   5   6   7


               X to move.

            """.ReplaceLineEndings("\n"), drawn);
    }

    [Fact]
    public void The_discs_that_have_won_stand_in_brackets()
    {
        var drawn = Drawn(new Match(new Backstage()), "4", "4", "3", "3", "5", "5", "6");

        Assert.Contains("|   |   |[X]|[X]|[X]|[X]|   |", drawn, StringComparison.Ordinal);
        Assert.Contains("X wins: four in line.", drawn, StringComparison.Ordinal);
    }

    public static TheoryData<string> Scenes => ["menu", "match", "analysis", "replay"];

    [Theory, MemberData(nameof(Scenes))]
    public void Every_scene_fits_on_a_screen_of_80_by_24(string name)
    {
        var scene = Begin(name, new Backstage()).Scene;

        var canvas = new ScreenPainter(unicode: true).Paint(scene, entry: new string('x', 300));

        Assert.Equal((80, 24), (canvas.Width, canvas.Height));
        Assert.All(scene.KeyHint.Split('\n'), hint => Assert.InRange(hint.Length, 1, ScreenPainter.Width - 3));
        Assert.InRange(scene.KeyHint.Split('\n').Length, 1, 2);
        Assert.InRange(scene.Clocks.Length + scene.Side.Length, 0, ScreenPainter.SideLines);
        Assert.All(scene.Side, line => Assert.InRange(line.Text.Length, 0, 42));
    }

    [Fact]
    public void A_full_board_and_its_moves_fit_as_well()
    {
        var moves = Notation.From(WholeGame);

        foreach (var ply in Enumerable.Range(0, WholeGame.Length + 1))
        {
            var replay = new Replay(new(moves, null));
            replay.Handle(new Command.Jump(ply));

            Assert.InRange(replay.Scene.Side.Length, 0, ScreenPainter.SideLines);
            Assert.All(replay.Scene.Side, line => Assert.InRange(line.Text.Length, 0, 42));
        }
    }

    [Fact]
    public void What_would_steer_the_terminal_becomes_a_question_mark()
    {
        var scene = new Scene { Title = "\e[2JHello\a", Status = "a\nb" };

        Assert.Contains("?[2JHello?", new ScreenPainter(unicode: true).Paint(scene).ToString(), StringComparison.Ordinal);
        Assert.Equal("?[2JHello?\na?b\n", LinePainter.Paint(scene));
    }

    [Fact]
    public async Task With_colours_a_disc_has_one_of_its_own_and_a_letter_all_the_same()
    {
        var sent = await Script.Press("44q", backstage => new Match(backstage), ColorSystemSupport.EightBit, unicode: true);

        Assert.Contains("\e[38;5;15;48;5;1m X \e[0m", sent, StringComparison.Ordinal);
        Assert.Contains("\e[38;5;0;48;5;11m(O)\e[0m", sent, StringComparison.Ordinal);
        Assert.Contains("│", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_colours_and_plain_there_is_none_and_nothing_but_ASCII()
    {
        var sent = await Script.Press("44q", backstage => new Match(backstage), ColorSystemSupport.NoColors, unicode: false);

        Assert.Contains("| X |", sent, StringComparison.Ordinal);
        Assert.Contains("|(O)|", sent, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\e\[[0-9;]*(3|4|9|10)[0-7](;[0-9;]*)?m", sent);
        Assert.All(sent, character => Assert.True(char.IsAscii(character)));
    }

    [Fact]
    public async Task The_terminal_is_given_back_as_it_was()
    {
        var sent = await Script.Press("q", backstage => new Match(backstage), ColorSystemSupport.NoColors, unicode: false);

        Assert.StartsWith("\e[?1049h\e[?25l", sent, StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h\e[?1049l", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_changes_nothing_draws_nothing()
    {
        var (one, many) = (await Draws("q"), await Draws("zzzzzzq"));

        Assert.Equal(one, many);

        static async Task<int> Draws(string keys) =>
            (await Script.Press(keys, backstage => new Match(backstage), ColorSystemSupport.NoColors, unicode: false)).Split("\e[H").Length - 1;
    }

    [Fact]
    public async Task A_line_that_is_typed_is_a_command_as_in_a_script()
    {
        var sent = await Script.Press("p44353\rnq", backstage => new AnalysisBoard(new Analyst(new Solver(new() { TableMegabytes = 1 }), backstage), Late), ColorSystemSupport.NoColors, unicode: false);

        Assert.Contains("> paste 44353_", sent, StringComparison.Ordinal);
        Assert.Contains("Moves (5)", sent, StringComparison.Ordinal);
        Assert.Contains("Moves (0)", sent, StringComparison.Ordinal);
    }

    /// <summary>42 discs and no line.</summary>
    private static string WholeGame { get; } = Draws.From(seed: 1).ToString();

    private static Notation Late { get; } = Notation.From("2252576253462244111563365343671351441");

    private static string Drawn(Activity activity, params string[] lines)
    {
        foreach (var line in lines) activity.Handle(Command.Parse(line));
        return new ScreenPainter(unicode: false).Paint(activity.Scene).ToString();
    }

    private static Activity Begin(string name, Backstage backstage) => name switch
    {
        "menu" => new Menu(),
        "match" => new Match(backstage),
        "analysis" => new AnalysisBoard(new Analyst(new Solver(new() { TableMegabytes = 1 }), backstage), Late),
        _ => new Replay(new(Late, null)),
    };
}
