using ConnectFour.Application.Ports;
using MediatR;

namespace ConnectFour.Application.UseCases;

/// <summary>Sessions of an account have ended: its connections are closed, and those with another session come back.</summary>
public sealed record LogOutCommand(UserName By) : ICommand;

public sealed class LogOutHandler(IEvents events) : IRequestHandler<LogOutCommand, Reply>
{
    public Task<Reply> Handle(LogOutCommand request, CancellationToken cancellationToken)
    {
        events.Publish(new LobbyEvent.LoggedOut(request.By));
        return Task.FromResult<Reply>(new Reply.Done());
    }
}
