using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>Its tests touch the descriptors of the whole process, so no other test may open or close any meanwhile.</summary>
[CollectionDefinition(nameof(BrokenLog), DisableParallelization = true)]
public sealed class BrokenLogCollection;

/// <summary>
/// Puts another file beneath the log that this process writes to: writing then fails as it does on a broken disk, from the system call upwards, and without any privilege.
/// What is in the database can be read as before. Until <see cref="Mend"/>.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class BrokenLog : IDisposable
{
    private readonly List<(int Descriptor, SafeFileHandle Own)> _replaced = [];

    private BrokenLog(string folder, string other, FileAccess access)
    {
        // Everything is in the database, and the log begins anew: nobody has to read what is no longer there.
        Sql.Run(folder, "PRAGMA wal_checkpoint(TRUNCATE)");
        using var broken = File.OpenHandle(other, FileMode.Open, access);
        var log = $"{DataDirectory.DatabaseIn(folder)}-wal";
        foreach (var link in Directory.GetFiles("/proc/self/fd"))
        {
            if (Target(link) != log) continue;
            var descriptor = int.Parse(Path.GetFileName(link), System.Globalization.CultureInfo.InvariantCulture);
            _replaced.Add((descriptor, new SafeFileHandle(Duplicate(descriptor), ownsHandle: true)));
            Replace(broken.DangerousGetHandle().ToInt32(), descriptor);
        }
        Assert.NotEmpty(_replaced);
    }

    /// <summary>There is no room for another byte.</summary>
    public static BrokenLog Full(string folder) => new(folder, "/dev/full", FileAccess.ReadWrite);

    /// <summary>The disk is read-only from now on.</summary>
    public static BrokenLog ReadOnly(string folder) => new(folder, "/dev/null", FileAccess.Read);

    public void Mend()
    {
        foreach (var (descriptor, own) in _replaced)
        {
            Replace(own.DangerousGetHandle().ToInt32(), descriptor);
            own.Dispose();
        }
        _replaced.Clear();
    }

    public void Dispose() => Mend();

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null; // Closed meanwhile.
        }
    }

    private static int Duplicate(int descriptor) => Checked(dup(descriptor));

    private static void Replace(int by, int descriptor) => Checked(dup2(by, descriptor));

    private static int Checked(int result) => result >= 0 ? result : throw new SqliteException("A file could not be replaced.", Marshal.GetLastPInvokeError());

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int dup(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int dup2(int by, int descriptor);
}
