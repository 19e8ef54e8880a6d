using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConnectFour.Engine;

/// <summary>
/// What is known of positions' scores: a lower and an upper bound each. Threads may read and write it at once: an entry is one word, and whole.
/// </summary>
internal sealed unsafe class Table
{
    // A bucket is a cache line of eight entries. An entry, from its highest bit:
    //
    //     generation | rest of the key | 5 work | 6 lower | 6 upper
    //
    // The key has 49 bits. Multiplied by an odd number (modulo 2^49) it stays unique, and its highest bits choose the bucket,
    // so only the lowest have to be stored: 29 in a table of 64 MB, which leaves 18 for the generation.
    private const int BucketBytes = 64;
    private const int Slots = BucketBytes / sizeof(ulong);
    private const int BoundBits = 6;
    private const int BoundMask = (1 << BoundBits) - 1;
    private const int Zero = 1 << BoundBits - 1;
    private const int WorkShift = 2 * BoundBits;
    private const int WorkMask = (1 << 5) - 1;
    private const int TagShift = WorkShift + 5;
    private const int KeyBits = 49;
    private const ulong KeyMask = (1UL << KeyBits) - 1;

    /// <summary>The golden ratio's digits, odd.</summary>
    private const ulong Mix = 0x19E3779B97F4B;

    private readonly ulong[] _memory;
    private readonly ulong* _buckets;
    private readonly int _restBits;
    private readonly ulong _restMask;
    private ulong _generation = 1;

    /// <param name="megabytes">At least 1; rounded down to a power of two.</param>
    public Table(int megabytes)
    {
        var bits = BitOperations.Log2((ulong)megabytes * (1024 * 1024 / BucketBytes));
        _restBits = KeyBits - bits;
        _restMask = (1UL << _restBits) - 1;
        // One bucket more than needed, to begin at a cache line; the array is pinned, so that it stays there.
        _memory = GC.AllocateArray<ulong>(((1 << bits) + 1) * Slots, pinned: true);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        _buckets = (ulong*)((start + BucketBytes - 1) & ~(nuint)(BucketBytes - 1));
        LargePages.Advise((nint)_buckets, (nint)BucketBytes << bits);
    }

    /// <summary>
    /// Forgets everything in no time: entries of an earlier generation are not found, and are replaced first. The memory is cleared only when the generations run out, after 2^18 of them in a table of 64 MB.
    /// </summary>
    public void Forget()
    {
        _generation++;
        if (_generation >> (64 - TagShift - _restBits) == 0) return;
        Array.Clear(_memory);
        _generation = 1;
    }

    /// <summary>Has the position's bucket fetched, for a <see cref="Find"/> that follows soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong key)
    {
        if (Sse.IsSupported) Sse.Prefetch0(_buckets + (Hash(key) >> _restBits) * Slots);
    }

    /// <summary>What is known of the position, for <see cref="Lower"/> and <see cref="Upper"/>; 0 if nothing is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Find(ulong key)
    {
        var hash = Hash(key);
        var bucket = _buckets + (hash >> _restBits) * Slots;
        var tag = Vector256.Create(Tag(hash));
        var low = Vector256.LoadAligned(bucket);
        var high = Vector256.LoadAligned(bucket + Slots / 2);
        // Of the eight at most one is equal, so the other seven vanish.
        var found = low & Vector256.Equals(low >>> TagShift, tag) | high & Vector256.Equals(high >>> TagShift, tag);
        var half = found.GetLower() | found.GetUpper();
        return half[0] | half[1];
    }

    /// <param name="work">The binary logarithm of the nodes it took to find out; decides what is kept.</param>
    public void Store(ulong key, int lower, int upper, int work)
    {
        var hash = Hash(key);
        var bucket = _buckets + (hash >> _restBits) * Slots;
        var tag = Tag(hash);
        bucket[Victim(bucket, tag, work)] = tag << TagShift | (ulong)(uint)(work << WorkShift | lower + Zero << BoundBits | upper + Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Lower(ulong entry) => (int)(entry >> BoundBits & BoundMask) - Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Upper(ulong entry) => (int)(entry & BoundMask) - Zero;

    /// <summary>The slot of the same position, or one of an earlier generation, or the one that cost least; but what cost more than the new entry stays, and the last slot takes whatever comes.</summary>
    private int Victim(ulong* bucket, ulong tag, int work)
    {
        var victim = Slots - 1;
        var least = work + 1;
        for (var slot = 0; slot < Slots; slot++)
        {
            var entry = bucket[slot];
            if (entry >> TagShift == tag) return slot;
            var worth = entry >> TagShift + _restBits == _generation ? (int)(entry >> WorkShift) & WorkMask : -1;
            if (worth < least) (victim, least) = (slot, worth);
        }
        return victim;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ulong key) => key * Mix & KeyMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Tag(ulong hash) => _generation << _restBits | hash & _restMask;
}
