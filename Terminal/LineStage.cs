namespace ConnectFour.Terminal;

/// <summary>Reads commands line by line and writes what has changed; for scripts, pipes, screen readers, and terminals that can do no more.</summary>
internal sealed class LineStage(TextReader from, TextWriter to, Backstage backstage)
{
    private Task<string?>? _line;
    private string _shown = "";

    /// <summary>Whether there is nothing more to read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Until the activity is left, or there is nothing more to read.</summary>
    public async Task Run(Activity activity, CancellationToken cancellation)
    {
        if (IsAtEnd) return;

        await to.WriteLineAsync(activity.Scene.WordHint);
        while (!activity.IsLeft && !IsAtEnd)
        {
            backstage.MakeChanges();
            if (activity.IsWorthShowing) await Show(activity);
            await to.FlushAsync(cancellation);

            // Some readers block, and what happens meanwhile is to be shown all the same.
            if (activity.IsSettled) _line ??= Task.Run(from.ReadLine, CancellationToken.None);
            var changed = backstage.Waiting(cancellation);
            await Task.WhenAny(_line ?? changed, changed);
            cancellation.ThrowIfCancellationRequested();

            if (activity.IsSettled && _line is { IsCompleted: true })
            {
                var line = await _line;
                _line = null;
                IsAtEnd = line is null;
                if (line is not null) await Obey(activity, line);
            }
        }
    }

    private async Task Obey(Activity activity, string line)
    {
        var command = Command.Parse(line);
        if (command is Command.Do { Act: Act.Help })
        {
            await to.WriteLineAsync(activity.Scene.WordHint);
            return;
        }
        if (line.Trim().Length == 0 || line.TrimStart().StartsWith('#')) return;

        _shown = ""; // Whoever commands is answered, even if nothing has changed.
        activity.Handle(command);
        if (activity.Asks is { } beginning)
        {
            activity.Asks = null;
            await to.WriteLineAsync($"Type: {beginning}...");
        }
    }

    private async Task Show(Activity activity)
    {
        var news = LinePainter.News(activity.Scene);
        if (news == _shown) return;

        _shown = news;
        await to.WriteLineAsync(LinePainter.Paint(activity.Scene));
    }
}
