using System.Runtime.InteropServices;

namespace ConnectFour.Engine;

/// <summary>
/// A big table is read at random, and with pages of 4 KB nearly every read also misses the cache of page addresses. Linux gives pages of 2 MB to whoever asks; other systems are not asked.
/// </summary>
internal static partial class LargePages
{
    private const int SmallPage = 4096;
    private const int MadviseHugePage = 14;

    public static void Advise(nint start, nint length)
    {
        if (!OperatingSystem.IsLinux()) return;

        var aligned = (start + SmallPage - 1) & ~(SmallPage - 1);
        // Advice that the system does not take costs speed only, so its answer is of no interest.
        _ = Madvise(aligned, length - (aligned - start) & ~(SmallPage - 1), MadviseHugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(nint start, nint length, int advice);
}
