using System.Text;

namespace ConnectFour.Terminal;

/// <summary>A piece of one line in one ink.</summary>
internal readonly record struct Stretch(string Text, Ink Ink);

/// <summary>Characters in a rectangle. What does not fit is cut off, and a character that would steer the terminal becomes a question mark, whoever sent it.</summary>
internal sealed class Canvas
{
    private readonly char[] _characters;
    private readonly Ink[] _inks;

    public Canvas(int width, int height)
    {
        (Width, Height) = (width, height);
        (_characters, _inks) = (new char[width * height], new Ink[width * height]);
        Array.Fill(_characters, ' ');
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The text without what a terminal or a screen reader would take for an order.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, (clean, dirty) =>
    {
        for (var i = 0; i < dirty.Length; i++) clean[i] = char.IsControl(dirty[i]) ? '?' : dirty[i];
    });

    public void Write(int row, int column, string text, Ink ink = Ink.Plain)
    {
        if (row < 0 || row >= Height) return;

        text = Clean(text);
        for (var i = 0; i < text.Length && column + i < Width; i++)
            (_characters[row * Width + column + i], _inks[row * Width + column + i]) = (text[i], ink);
    }

    /// <summary>A line from the left, without the blanks at its end.</summary>
    public IEnumerable<Stretch> Line(int row)
    {
        var end = Width;
        while (end > 0 && _characters[row * Width + end - 1] == ' ' && _inks[row * Width + end - 1] == Ink.Plain) end--;

        for (int from = 0, to; from < end; from = to)
        {
            var ink = _inks[row * Width + from];
            for (to = from + 1; to < end && _inks[row * Width + to] == ink; to++) { }
            yield return new Stretch(new string(_characters, row * Width + from, to - from), ink);
        }
    }

    public bool Equals(Canvas? other) =>
        other is not null && Width == other.Width && _characters.AsSpan().SequenceEqual(other._characters) && _inks.AsSpan().SequenceEqual(other._inks);

    public override bool Equals(object? obj) => Equals(obj as Canvas);

    public override int GetHashCode() => HashCode.Combine(Width, Height);

    /// <summary>The characters, line by line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var row = 0; row < Height; row++) text.Append(new string(_characters, row * Width, Width).TrimEnd()).Append('\n');
        return text.ToString();
    }
}
