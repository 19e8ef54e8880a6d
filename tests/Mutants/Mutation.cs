using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using MediatR;

namespace ConnectFour.Mutants;

/// <summary>One way to break the promise.</summary>
internal enum Mutation
{
    /// <summary>A move is acknowledged while it is still on its way to the disk.</summary>
    AcknowledgeBeforeCommit,

    /// <summary>Everybody sees a move while it is still on its way to the disk.</summary>
    PublishBeforeCommit,

    /// <summary>A move that is sent again is taken for another one.</summary>
    NoDedupe,

    /// <summary>A clock that seemed about to fall ends the game, whatever has happened since.</summary>
    DeadlineWithoutVersionCheck,
}

internal static class Mutations
{
    public static void Break(this IServiceCollection services, Mutation mutation)
    {
        switch (mutation)
        {
            case Mutation.AcknowledgeBeforeCommit:
                Decorate(services, (journal, _) => new HastyJournal(journal));
                break;
            case Mutation.PublishBeforeCommit:
                Decorate(services, (journal, provider) => new TalkativeJournal(journal, provider.GetRequiredService<IEvents>()));
                break;
            case Mutation.NoDedupe:
                services.AddSingleton<IRequestHandler<MoveCommand, Reply>, ForgetfulMoveHandler>();
                break;
            case Mutation.DeadlineWithoutVersionCheck:
                Decorate(services, (journal, _) => new ImpatientJournal(journal));
                services.AddSingleton<IRequestHandler<ExpireClockCommand, Reply>, BlindExpireClockHandler>();
                break;
        }
    }

    private static void Decorate(IServiceCollection services, Func<IGameJournal, IServiceProvider, IGameJournal> decorate)
    {
        var own = services.Last(service => service.ServiceType == typeof(IGameJournal)).ImplementationFactory!;
        services.AddSingleton(provider => decorate((IGameJournal)own(provider), provider));
    }
}
