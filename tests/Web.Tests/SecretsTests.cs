using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ConnectFour.Web.Tests;

/// <summary>Nothing in the repository opens anything (S16).</summary>
public sealed partial class SecretsTests
{
    [Theory]
    [InlineData("ls-files", "-z")]
    [InlineData("log", "--all", "-p", "--unified=0", "--no-color", "--", ".", ":!*.lock.json", ":!*CommonPasswords.txt", ":!*.book", ":!*SecretsTests.cs")]
    public async Task Neither_the_files_nor_their_history_hold_a_key_or_a_password(params string[] question)
    {
        var text = await Git(question);
        if (question[0] == "ls-files")
            text = string.Join('\n', text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(IsText).Select(path => Path.Combine(Repository.Root, path)).Where(File.Exists).Select(File.ReadAllText));

        Assert.True(text.Length > 100_000, "Nothing was looked at.");
        Assert.Empty(Secret().Matches(text).Select(match => match.Value));
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("AKIAABCDEFGHIJKLMNOP")]
    [InlineData("Host=db;Username=cf;Password=hunter2hunter2")]
    [InlineData("\"ClientSecret\": \"c2VjcmV0LXNlY3JldA\"")]
    [InlineData("redis://:hunter2hunter2@cache:6379")]
    public void What_is_looked_for_is_found(string secret)
    {
        Assert.Matches(Secret(), secret);
    }

    private static bool IsText(string path) => Path.GetExtension(path) is not (".png" or ".book") && !path.EndsWith("CommonPasswords.txt", StringComparison.Ordinal) && !path.EndsWith($"{nameof(SecretsTests)}.cs", StringComparison.Ordinal);

    private static async Task<string> Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
        var text = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        return text;
    }

    [GeneratedRegex("""-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[0-9A-Za-z]{36}|Password=(?![{$<*])[^;"\s]{8,}|"[A-Za-z]*(?:Secret|ApiKey)": "[0-9A-Za-z+/=_-]{12,}"|\w+://[^/\s:"]*:[^@\s"{$]{8,}@""")]
    private static partial Regex Secret();
}
