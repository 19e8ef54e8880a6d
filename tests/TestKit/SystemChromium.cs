namespace ConnectFour.TestKit;

/// <summary>The system's own Chromium; nothing is downloaded.</summary>
public static class SystemChromium
{
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    /// <summary>Where it is.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("There is no Chromium on the PATH; ./test.sh says what to install.");

    /// <summary>How it is started: it asks nobody for anything, and runs as root too.</summary>
    public static IReadOnlyList<string> Arguments { get; } = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
}
