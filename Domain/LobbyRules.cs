namespace ConnectFour.Domain;

/// <summary>The lobby's numbers.</summary>
public sealed record LobbyRules
{
    /// <summary>How long an invitation can be accepted.</summary>
    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an invitation by link can be taken up.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a player keeps their seats safely after the line was cut; then an opponent may claim the win. Zero means that the seats are lost at once.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same after the player closed the last connection on purpose.</summary>
    public TimeSpan GraceAfterLeaving { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long players have to come back after the server was away. The outage is not their fault, so this is no part of <see cref="Grace"/>.</summary>
    public TimeSpan GraceAfterRestart { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an opponent who neither claims the win nor leaves can go on waiting after that; then the seats are lost by themselves.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a user without games stays, unlisted, so that a reload or a short drop costs them neither name nor invitation.</summary>
    public TimeSpan GraceWithoutGame { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many games a user may play at once.</summary>
    public int MaxGames { get; init; } = 10;

    /// <summary>How many games may be watched at once on one connection.</summary>
    public int MaxWatched { get; init; } = 10;

    /// <summary>How many people a user may block.</summary>
    public int MaxBlocked { get; init; } = 100;

    /// <summary>What has to pass between two reactions of a user.</summary>
    public TimeSpan ReactionPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many connections a user may have.</summary>
    public int MaxConnections { get; init; } = 10;
}
