namespace ConnectFour.Engine;

/// <summary>
/// Where the searches that work on one question are, so that one that comes to a position where another is already tries something else first, and finds the answer in the table when it comes back.
/// Unlocked, as a mark that is lost or out of date costs some time only. (After Jean-Christophe Weill's ABDADA, as Tom Kerrigan simplified it.)
/// </summary>
internal sealed class Company
{
    /// <summary>Later in the game the marks would cost more than they save.</summary>
    public const int Until = 20;

    private const int Marks = 1 << 12;
    private readonly ulong[] _marks = new ulong[Marks];

    public bool IsAt(ulong key) => Volatile.Read(ref Mark(key)) == key;

    public void Enter(ulong key) => Volatile.Write(ref Mark(key), key);

    public void Leave(ulong key)
    {
        if (IsAt(key)) Volatile.Write(ref Mark(key), 0);
    }

    public void Clear() => Array.Clear(_marks);

    private ref ulong Mark(ulong key) => ref _marks[key * 0x9E3779B97F4A7C15 >> 52];
}
