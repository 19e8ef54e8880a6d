namespace ConnectFour.TestKit;

/// <summary>The files of the repository, for tests that hold them against the code.</summary>
public static class Repository
{
    /// <summary>The folder of the solution, above the folder that the tests run in.</summary>
    public static string Root { get; } = FindRoot();

    public static string Read(params ReadOnlySpan<string> path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ConnectFour.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("No solution above the tests.");
        return folder.FullName;
    }
}
