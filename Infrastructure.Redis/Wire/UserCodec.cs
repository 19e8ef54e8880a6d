using System.Text.Json;

namespace ConnectFour.Infrastructure.Redis.Wire;

/// <summary>Between users and what Redis has of them. Times are kept to the millisecond, which is all that the server's time has.</summary>
internal static class UserCodec
{
    public static string Encode(User user) => JsonSerializer.Serialize(Wire(user), WireJson.Default.WireUser);

    /// <exception cref="JsonException">It is no user.</exception>
    public static User Decode(string json) => User(JsonSerializer.Deserialize(json, WireJson.Default.WireUser) ?? throw new JsonException("No user."));

    public static WireUser Wire(User user) => new(user.Name.Text, user.Kind, user.Credential.Digest, Milliseconds(user.Since))
    {
        Connections = Some(user.Connections.Select(connection => connection.Value)),
        Invitation = user.Invitation is { } invitation ? Wire(invitation) : null,
        Seek = user.Seek is { } seek ? new([.. seek.Controls.Select(Wire)], seek.Balance, Milliseconds(seek.Since)) : null,
        Link = user.Link is { } link ? Wire(link) : null,
        Games = Some(user.Games.Select(seat => new WireGameSeat(seat.Game.Value, seat.Side, seat.Opponent.Text))),
        OpenToMore = user.OpenToMore,
        Challenges = user.Challenges,
        Blocked = Some(user.Blocked.Select(block => new WireBlock(block.Who.Digest, block.Name.Text))),
        ReactedAt = user.ReactedAt == default ? null : Milliseconds(user.ReactedAt),
        Colour = user.Colour,
        Tally = user.Tally == default ? null : new(user.Tally.Wins, user.Tally.Losses, user.Tally.Draws),
        Rating = user.Rating is { } rating ? new(rating.Value, rating.Deviation, rating.Volatility, Milliseconds(rating.At)) : null,
        ClaimableAt = user.ClaimableAt is { } claimable ? Milliseconds(claimable) : null,
        LeavesAt = user.LeavesAt is { } leaves ? Milliseconds(leaves) : null,
    };

    public static User User(WireUser user) => new(UserName.From(user.Name), user.Kind, new Credential(user.Credential), Time(user.Since))
    {
        Connections = [.. (user.Connections ?? []).Select(connection => new ConnectionId(connection))],
        Invitation = user.Invitation is { } invitation ? Invitation(invitation) : null,
        Seek = user.Seek is { } seek ? new([.. seek.Controls.Select(Control)], seek.Balance, Time(seek.Since)) : null,
        Link = user.Link is { } link ? Link(link) : null,
        Games = [.. (user.Games ?? []).Select(seat => new GameSeat(new GameId(seat.Game), seat.Side, UserName.From(seat.Opponent)))],
        OpenToMore = user.OpenToMore,
        Challenges = user.Challenges,
        Blocked = [.. (user.Blocked ?? []).Select(block => new Block(new Credential(block.Who), UserName.From(block.Name)))],
        ReactedAt = user.ReactedAt is { } reacted ? Time(reacted) : default,
        Colour = user.Colour,
        Tally = user.Tally is { } tally ? new(tally.Wins, tally.Losses, tally.Draws) : default,
        Rating = user.Rating is { } rating ? new(rating.Value, rating.Deviation, rating.Volatility, Time(rating.At)) : null,
        ClaimableAt = user.ClaimableAt is { } claimable ? Time(claimable) : null,
        LeavesAt = user.LeavesAt is { } leaves ? Time(leaves) : null,
    };

    public static WireInvitation Wire(Invitation invitation) => new(
        invitation.From.Text, invitation.To.Text, Wire(invitation.Terms), Milliseconds(invitation.ExpiresAt), invitation.First.Text, invitation.RematchOf?.Value, invitation.Stakes);

    public static Invitation Invitation(WireInvitation wire) => new(
        UserName.From(wire.From), UserName.From(wire.To), Terms(wire.Terms), Time(wire.ExpiresAt), UserName.From(wire.First), Game(wire.RematchOf)) { Stakes = wire.Stakes };

    public static WireLink Wire(Link link) => new(link.Key, Wire(link.Terms), Milliseconds(link.ExpiresAt));

    public static Link Link(WireLink wire) => new(wire.Key, Terms(wire.Terms), Time(wire.ExpiresAt));

    public static WireTerms Wire(Terms terms) => new(Wire(terms.Control), terms.Balance, terms.Opening.Plies == 0 ? null : terms.Opening.ToString());

    public static Terms Terms(WireTerms wire) => new(Control(wire.Clock), wire.Balance) { Opening = wire.Opening is { } opening ? Notation.From(opening) : default };

    public static WireSeat Wire(Seat seat) => new(seat.Name.Text, seat.Colour);

    public static Seat Seat(WireSeat wire) => new(UserName.From(wire.Name), wire.Colour);

    public static GameId? Game(string? id) => id is null ? null : new(id);

    public static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static WireClock? Wire(TimeControl? control) => control is null ? null : new((int)control.Initial.TotalSeconds, (int)control.Increment.TotalSeconds);

    private static TimeControl? Control(WireClock? clock) => clock is null ? null : TimeControl.From(clock.Initial, clock.Increment);

    private static T[]? Some<T>(IEnumerable<T> all) => all.ToArray() is { Length: > 0 } some ? some : null;
}
