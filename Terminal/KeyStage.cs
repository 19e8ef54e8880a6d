using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConnectFour.Terminal;

/// <summary>A screen of its own, redrawn where something has changed, and keys.</summary>
/// <param name="readKey">Waits for the next key.</param>
internal sealed class KeyStage(IAnsiConsole console, Func<Task<ConsoleKeyInfo>> readKey, ScreenPainter painter, Backstage backstage, TimeProvider time) : IDisposable
{
    /// <summary>How often clocks and the size of the terminal are looked at.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private Canvas? _shown;
    private (int, int) _size;
    private bool _isOpen;
    private Task<ConsoleKeyInfo>? _key;

    public async Task Run(Activity activity, CancellationToken cancellation)
    {
        Open();
        var entry = new Entry();
        using var timer = new PeriodicTimer(Beat, time);
        Task? changed = null, beat = null;
        while (!activity.IsLeft)
        {
            backstage.MakeChanges();
            if (activity.Asks is { } beginning) (entry, activity.Asks) = (new Entry(beginning), null);
            Show(painter.Paint(activity.Scene, entry.Text));

            _key ??= readKey();
            if (changed is null or { IsCompleted: true }) changed = backstage.Waiting(cancellation);
            if (beat is null or { IsCompleted: true }) beat = timer.WaitForNextTickAsync(cancellation).AsTask();
            await Task.WhenAny(_key, changed, beat);
            cancellation.ThrowIfCancellationRequested();

            if (!_key.IsCompleted) continue;
            (entry, var command) = entry.Press(await _key);
            _key = null;
            if (command is not null) activity.Handle(command);
        }
    }

    public void Dispose()
    {
        if (_isOpen) console.Write(new ControlCode("\e[?25h\e[?1049l"));
        _isOpen = false;
    }

    // The other screen, so that what was there before comes back at the end; no cursor.
    private void Open()
    {
        if (!_isOpen) console.Write(new ControlCode("\e[?1049h\e[?25l\e[2J"));
        _isOpen = true;
    }

    private void Show(Canvas canvas)
    {
        var size = (console.Profile.Width, console.Profile.Height);
        if (canvas.Equals(_shown) && size == _size) return;

        // One write from the top left corner: nothing is cleared before it is drawn over.
        console.Write(new Picture(canvas, Math.Min(canvas.Height, size.Height)));
        (_shown, _size) = (canvas, size);
    }

    private sealed class Picture(Canvas canvas, int height) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            yield return Segment.Control("\e[H");
            for (var row = 0; row < height; row++)
            {
                var room = maxWidth;
                foreach (var (text, ink) in canvas.Line(row))
                {
                    yield return new Segment(text[..Math.Min(text.Length, room)], StyleOf(ink));
                    room -= Math.Min(text.Length, room);
                }
                if (room > 0) yield return Segment.Control("\e[K");
                if (row < height - 1) yield return Segment.LineBreak;
            }
            yield return Segment.Control("\e[J");
        }
    }

    private static Style StyleOf(Ink ink) => ink switch
    {
        Ink.Plain => Style.Plain,
        Ink.Dim => new Style(decoration: Decoration.Dim),
        Ink.Strong => new Style(decoration: Decoration.Bold),
        Ink.Alert => new Style(Color.Aqua, decoration: Decoration.Bold),
        Ink.Good => new Style(Color.Lime),
        Ink.Bad => new Style(Color.Red),
        Ink.RedDisc => new Style(Color.White, Color.Maroon),
        Ink.YellowDisc => new Style(Color.Black, Color.Yellow),
        Ink.BlueDisc => new Style(Color.White, Color.Navy),
        Ink.OrangeDisc => new Style(Color.Black, Color.DarkOrange),
        Ink.PurpleDisc => new Style(Color.White, Color.Purple),
        Ink.GreenDisc => new Style(Color.Black, Color.Green),
        Ink.WhiteDisc => new Style(Color.Black, Color.White),
        Ink.BlackDisc => new Style(Color.White, Color.Grey23),
    };
}
