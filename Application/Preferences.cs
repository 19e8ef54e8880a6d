using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>What a user chose holds at once, and is kept for their next visit.</summary>
public sealed class Preferences(IProfiles profiles)
{
    /// <param name="decision">What was decided about what the user prefers.</param>
    public async ValueTask<Reply> Keep(UserName by, Decision<Lobby, LobbyEvent> decision) =>
        decision is Decision<Lobby, LobbyEvent>.Accepted { Events: [_, ..] } accepted && !await profiles.Keep(accepted.Next.Users[by])
            ? new Reply.NotStored(AppendResult.Unavailable)
            : Reply.From(decision);
}
