using System.Text;

namespace ConnectFour.Terminal;

/// <summary>A scene as plain lines, for scripts, pipes and screen readers.</summary>
internal static class LinePainter
{
    /// <summary>What makes the scene another one; clocks do not.</summary>
    public static string News(Scene scene) => Paint(scene with { Clocks = [] });

    public static string Paint(Scene scene)
    {
        var text = new StringBuilder();
        Add(scene.Title);
        if (scene.Board is { } view)
        {
            foreach (var line in view.Board.ToString().Split('\n')) Add($"  {string.Join("   ", line.Split(' '))}");
            Add($"  {string.Join("   ", Column.All)}");
            if (view.Scores is { } scores) Add(string.Concat(scores.Words.Select((word, i) => word.PadLeft(i == 0 ? 3 : 4))));
            if (view.Board.WinningCells is { Count: > 0 } cells) Add($"Four in line: {cells} (column/row).");
        }
        foreach (var line in scene.Clocks.AddRange(scene.Side)) Add(line.Text);
        Add(scene.Status);
        Add(scene.Notice);
        return text.ToString();

        void Add(string line)
        {
            if (line.Length > 0) text.Append(Canvas.Clean(line).TrimEnd()).Append('\n');
        }
    }
}
