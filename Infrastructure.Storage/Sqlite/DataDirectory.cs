using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace ConnectFour.Infrastructure.Storage.Sqlite;

/// <summary>
/// The folder with everything that outlives the process, held by one process at a time. Beside the database lie <c>lock</c>, which says that it is held, and <c>alive</c>, which says
/// until when it was: a sign of life twice a second must not cost a transaction, nor survive more than a dead process.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersOnly | UnixFileMode.UserExecute;

    private readonly FileStream _lock;
    private readonly SafeFileHandle _alive;

    private DataDirectory(string path, FileStream held, SafeFileHandle alive) => (Path, _lock, _alive, Left) = (path, held, alive, ReadAlive(alive));

    public string Path { get; }

    public string DatabaseFile => DatabaseIn(Path);

    /// <summary>When the last process to hold it gave its last sign of life, or null.</summary>
    public DateTimeOffset? Left { get; }

    /// <summary>Where the data lies when nothing is said: the user's folder for such things, or <c>data</c> beside the program for users who have none.</summary>
    public static string Default
    {
        get
        {
            var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return own.Length > 0 ? System.IO.Path.Combine(own, "connect-four") : System.IO.Path.Combine(AppContext.BaseDirectory, "data");
        }
    }

    public static string DatabaseIn(string path) => System.IO.Path.Combine(path, "connect-four.db");

    /// <summary>Creates the folder if need be, readable by its owner only, and holds it.</summary>
    /// <exception cref="StorageException">Another process holds it, or it cannot be used.</exception>
    public static DataDirectory Hold(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, OwnersFolder);
            return Take(path, TakeLock(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data directory {path} cannot be used: {problem.Message}", problem);
        }
    }

    /// <summary>Notes that the process is there. A sign of life that cannot be written is no reason to stop.</summary>
    public void Beat(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, now.ToUnixTimeMilliseconds());
        try
        {
            RandomAccess.Write(_alive, bytes, 0);
        }
        catch (IOException)
        {
            // After a crash the outage then seems longer by this beat, in the players' favour.
        }
    }

    public void Dispose()
    {
        _alive.Dispose();
        _lock.Dispose();
    }

    /// <summary>A new file that its owner alone can read.</summary>
    /// <exception cref="IOException">There is such a file, or it cannot be made.</exception>
    public static FileStream CreateFile(string file) => Open(file, FileShare.ReadWrite, FileMode.CreateNew);

    /// <summary>Nothing but the lock is touched before it is ours: whoever opens the database and closes it again gives up all locks that this process has on it.</summary>
    private static DataDirectory Take(string path, FileStream held)
    {
        try
        {
            using (Open(DatabaseIn(path), FileShare.ReadWrite)) { }
            var alive = File.OpenHandle(System.IO.Path.Combine(path, "alive"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(alive, OwnersOnly);
            return new DataDirectory(path, held, alive);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // How systems say that somebody else holds a file: EAGAIN, and a sharing violation.
    private const int Locked = 11, LockedOnMac = 35, LockedOnWindows = unchecked((int)0x80070020);

    private static FileStream TakeLock(string path)
    {
        try
        {
            return Open(System.IO.Path.Combine(path, "lock"), FileShare.None);
        }
        catch (IOException problem) when (problem.HResult is Locked or LockedOnMac or LockedOnWindows)
        {
            throw new StorageException($"The data directory {path} is in use by another server. Stop that one, or set ConnectFour__DataDirectory to another folder.", problem);
        }
        catch (IOException problem)
        {
            throw new StorageException($"Nothing can be written to the data directory {path}: {problem.Message}", problem);
        }
    }

    private static FileStream Open(string file, FileShare share, FileMode mode = FileMode.OpenOrCreate)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnersOnly;
        return new FileStream(file, options);
    }

    private static DateTimeOffset? ReadAlive(SafeFileHandle alive)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        if (RandomAccess.Read(alive, bytes, 0) != bytes.Length) return null;
        var milliseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return milliseconds is >= 0 and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
