using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>A name has been registered: who has it in the lobby as a guest goes on as the account, with all their games.</summary>
/// <param name="Guest">What proves that the name was theirs, or null.</param>
public sealed record EnrolCommand(UserName By, Credential? Guest, Credential Account) : ICommand;

public sealed class EnrolHandler(ILobby lobby, TimeProvider time) : IRequestHandler<EnrolCommand, Reply>
{
    /// <summary>Between two tries, and how many there are: together longer than what a lobby that was away may still do late.</summary>
    private static readonly (TimeSpan Pause, int Most) Tries = (TimeSpan.FromSeconds(0.5), 5);

    /// <summary>When the lobby was away, it is not known whether it was done; whoever then took back what was registered would shut the guest out of their name. The same again finds out.</summary>
    public async Task<Reply> Handle(EnrolCommand request, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return Reply.From(await lobby.Decide([request.By], current => current.Enrol(request.By, request.Guest, request.Account)));
            }
            catch (LobbyAwayException) when (tries < Tries.Most)
            {
                await Task.Delay(Tries.Pause, time, cancellationToken);
            }
        }
    }
}
