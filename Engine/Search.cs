using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConnectFour.Engine;

/// <summary>
/// One thread's search: whether a position scores more than some number. What is known of positions late in the game, which are many and cheap, has a small table apart from the others,
/// so that most look-ups stay within the processor's cache.
/// </summary>
internal sealed unsafe class Search
{
    // Found by measuring: see docs/engine.md.
    private const int LateFrom = 20;
    private const int TableUntil = 36;
    private const int MirrorUntil = 8;

    /// <summary>How many nodes pass between two questions whether to go on: about a tenth of a millisecond.</summary>
    private const int Patience = 1024;

    private readonly Table _early;
    private readonly Table _late;
    private readonly Ordering _ordering = new();
    private readonly Frame[] _memory = GC.AllocateArray<Frame>(Bits.CellCount, pinned: true);
    private readonly Frame* _frames;
    private Func<long, bool> _mayGoOn = _ => true;
    private Company? _company;
    private long _askAt;

    public Search(Table early, Table late)
    {
        (_early, _late) = (early, late);
        _frames = (Frame*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
    }

    /// <summary>Positions visited since <see cref="Begin"/>.</summary>
    public long Nodes { get; private set; }

    /// <param name="company">The marks of the searches that work on the same question, or null for one that works alone.</param>
    /// <param name="mayGoOn">Is asked now and then, with the number of nodes so far. When it says no, <see cref="Bound"/> throws an <see cref="Interruption"/>.</param>
    public void Begin(Company? company, Func<long, bool> mayGoOn)
    {
        (_company, _mayGoOn, _askAt, Nodes) = (company, mayGoOn, 0, 0);
        _ordering.Forget();
    }

    /// <summary>An upper bound of the score if the score is at most <paramref name="alpha"/>, otherwise a lower bound above it.</summary>
    /// <param name="position">Nobody has won, the side to move cannot win with its next disc, and the board has room.</param>
    public int Bound(Position position, int alpha)
    {
        var (own, occupied, plies) = (position.Own, position.Occupied, position.Plies);
        var threats = Bits.WinningCells(position.Other, occupied);
        if (Zugzwang.Holds(own, occupied, threats, plies, alpha)) return alpha;
        return Visit(own, occupied, threats, plies, alpha, plies < TableUntil ? TableAt(plies).Find(KeyOf(own, occupied, plies)) : 0);
    }

    /// <param name="own">The discs of the side to move; nobody has won, and it cannot win with its next disc.</param>
    /// <param name="threats">The empty cells that complete a four of the other side.</param>
    /// <param name="plies">The number of discs.</param>
    /// <param name="known">What the table says of the position, or 0.</param>
    /// <returns>As <see cref="Bound"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Visit(ulong own, ulong occupied, ulong threats, int plies, int alpha, ulong known)
    {
        if (++Nodes > _askAt) Ask();

        var playable = Bits.Playable(occupied);
        var moves = NonLosing(playable, threats);
        if (moves == 0) return -Score.OfWinAt(plies + 1);
        if (plies >= Bits.CellCount - 2) return 0;

        // Nobody wins with the next disc of either side, so these are the soonest loss and the soonest win.
        var lower = -Score.OfWinAt(plies + 3);
        var upper = Score.OfWinAt(plies + 2);
        if (known != 0)
        {
            lower = Math.Max(lower, Table.Lower(known));
            upper = Math.Min(upper, Table.Upper(known));
        }
        if (lower > alpha) return lower;
        if (upper <= alpha) return upper;

        var other = own ^ occupied;
        var table = plies + 1 < TableUntil ? TableAt(plies + 1) : null;
        if (table is not null) Prefetch(table, other, occupied, moves, plies + 1);

        ref var frame = ref _frames[plies];
        var (wins, zugzwangs) = Replies.Examine(own, occupied, playable, moves, plies, alpha, ref frame);
        if (wins != 0) return Score.OfWinAt(plies + 2);
        // The double threats having been found, a win takes a disc more.
        upper = Math.Min(upper, Score.OfWinAt(plies + 4));
        if (upper <= alpha) return upper;

        var count = 0;
        for (var rest = moves; rest != 0; rest &= rest - 1)
        {
            var move = Bits.Lowest(rest);
            var cell = BitOperations.TrailingZeroCount(rest);
            var column = cell / Bits.Height;
            var made = frame.Threats[column];
            if ((zugzwangs >> column & 1) != 0 && Zugzwang.Holds(other, occupied | move, made, plies + 1, -alpha - 1)) return alpha + 1;
            frame.Insert(count++, column, _ordering.Promise(plies, cell, made, isThreat: (made & (playable | move << 1)) != 0));
        }

        if (table is not null)
        {
            for (var rest = moves; rest != 0; rest &= rest - 1)
            {
                var column = BitOperations.TrailingZeroCount(rest) / Bits.Height;
                var reply = table.Find(KeyOf(other, occupied | Bits.Lowest(rest), plies + 1));
                if (reply != 0 && -Table.Upper(reply) > alpha) return -Table.Upper(reply);
                frame.Known[column] = reply;
            }
        }

        var before = Nodes;
        var best = -Score.Most;
        var company = plies < Company.Until ? _company : null;
        var moveCount = count;
        for (var tried = 0; tried < count; tried++)
        {
            var column = frame.Order[tried] & Frame.ColumnMask;
            var move = moves & Bits.FirstColumn << column * Bits.Height;
            var reply = table is null ? 0 : frame.Known[column];
            int score;
            if (company is null)
                score = -Visit(other, occupied | move, frame.Threats[column], plies + 1, -alpha - 1, reply);
            else
            {
                var key = KeyOf(other, occupied | move, plies + 1);
                if (tried > 0 && tried < moveCount && company.IsAt(key))
                {
                    frame.Order[count++] = frame.Order[tried];
                    continue;
                }
                company.Enter(key);
                score = -Visit(other, occupied | move, frame.Threats[column], plies + 1, -alpha - 1, tried < moveCount ? reply : table!.Find(key));
                company.Leave(key);
            }
            if (score <= best) continue;
            best = score;
            if (score <= alpha) continue;
            if (tried > 0) _ordering.Refuted(plies, moves, ref frame, tried);
            break;
        }
        best = Math.Min(best, upper);
        if (plies < TableUntil && moveCount > 1)
        {
            var work = BitOperations.Log2((ulong)(Nodes - before));
            TableAt(plies).Store(KeyOf(own, occupied, plies), best > alpha ? best : lower, best > alpha ? upper : best, work);
        }
        return best;
    }

    /// <summary>The moves after which the other side cannot win at once: a threat that can be played must be taken, and none be built up to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NonLosing(ulong playable, ulong threats)
    {
        var forced = playable & threats;
        if (Bits.HasTwo(forced)) return 0;
        return (forced != 0 ? forced : playable) & ~(threats >> 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(Table table, ulong own, ulong occupied, ulong moves, int plies)
    {
        for (var rest = moves; rest != 0; rest &= rest - 1)
            table.Prefetch(KeyOf(own, occupied | Bits.Lowest(rest), plies));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Table TableAt(int plies) => plies < LateFrom ? _early : _late;

    // Positions and their mirror images meet in the opening; later that is too seldom to pay.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong KeyOf(ulong own, ulong occupied, int plies) =>
        plies < MirrorUntil ? new Position(own, occupied).MirrorKey : Position.KeyOf(own, occupied);

    private void Ask()
    {
        if (!_mayGoOn(Nodes)) throw new Interruption();
        _askAt = Nodes + Patience;
    }
}
