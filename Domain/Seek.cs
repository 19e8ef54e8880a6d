using System.Collections.Immutable;

namespace ConnectFour.Domain;

/// <summary>Somebody waits to be paired with whoever wants to play on the same terms.</summary>
/// <param name="Controls">The time controls that will do, the dearest first; null for a game without clocks.</param>
/// <param name="Since">When they began to wait; who waits longest is paired first.</param>
public sealed record Seek(ImmutableArray<TimeControl?> Controls, Balance Balance, DateTimeOffset Since)
{
    /// <summary>How many time controls one seek may name.</summary>
    public const int MostControls = 8;

    /// <summary>The terms on which both would play, the dearest to this one; null if there are none.</summary>
    public Terms? Common(Seek other)
    {
        if (Balance != other.Balance) return null;
        foreach (var control in Controls)
            if (other.Controls.Contains(control)) return new Terms(control, Balance);
        return null;
    }

    // Arrays compare by reference.
    public bool Equals(Seek? other) => other is not null && (Balance, Since) == (other.Balance, other.Since) && Controls.SequenceEqual(other.Controls);

    public override int GetHashCode() => HashCode.Combine(Balance, Since, Controls.Length);
}
