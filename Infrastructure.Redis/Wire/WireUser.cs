namespace ConnectFour.Infrastructure.Redis.Wire;

/// <summary>A user as Redis has them. What is left out has its default, and what is not known is passed over: nodes of two versions read each other's. Times are in milliseconds since 1970.</summary>
internal sealed record WireUser(string Name, UserKind Kind, string Credential, long Since)
{
    public string[]? Connections { get; init; }
    public WireInvitation? Invitation { get; init; }
    public WireSeek? Seek { get; init; }
    public WireLink? Link { get; init; }
    public WireGameSeat[]? Games { get; init; }
    public bool OpenToMore { get; init; }
    public ChallengePolicy Challenges { get; init; }
    public WireBlock[]? Blocked { get; init; }
    public long? ReactedAt { get; init; }
    public DiscColour? Colour { get; init; }
    public WireTally? Tally { get; init; }
    public WireRating? Rating { get; init; }
    public long? ClaimableAt { get; init; }
    public long? LeavesAt { get; init; }
}

internal sealed record WireInvitation(string From, string To, WireTerms Terms, long ExpiresAt, string First, string? RematchOf, Stakes Stakes);

internal sealed record WireSeek(WireClock?[] Controls, Balance Balance, long Since);

internal sealed record WireLink(string Key, WireTerms Terms, long ExpiresAt);

internal sealed record WireGameSeat(string Game, Player Side, string Opponent);

internal sealed record WireBlock(string Who, string Name);

internal sealed record WireTally(int Wins, int Losses, int Draws);

internal sealed record WireRating(double Value, double Deviation, double Volatility, long At);

internal sealed record WireTerms(WireClock? Clock, Balance Balance, string? Opening);

/// <param name="Initial">Seconds.</param>
/// <param name="Increment">Seconds.</param>
internal sealed record WireClock(int Initial, int Increment);

internal sealed record WireSeat(string Name, DiscColour Colour);
