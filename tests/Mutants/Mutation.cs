using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Infrastructure.Redis;
using MediatR;

namespace ConnectFour.Mutants;

/// <summary>One way to break the promise, or <see cref="LaterVersion"/>, which breaks none.</summary>
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

    /// <summary>It speaks to the other nodes as a later version might, with what this one has never heard of.</summary>
    LaterVersion,
}

internal static class Mutations
{
    public static void Break(this IServiceCollection services, Mutation mutation)
    {
        switch (mutation)
        {
            case Mutation.AcknowledgeBeforeCommit:
                Decorate<IGameJournal>(services, (journal, _) => new HastyJournal(journal));
                break;
            case Mutation.PublishBeforeCommit:
                Decorate<IGameJournal>(services, (journal, provider) => new TalkativeJournal(journal, provider.GetRequiredService<IEvents>()));
                break;
            case Mutation.NoDedupe:
                services.AddSingleton<IRequestHandler<MoveCommand, Reply>, ForgetfulMoveHandler>();
                break;
            case Mutation.DeadlineWithoutVersionCheck:
                Decorate<IGameJournal>(services, (journal, _) => new ImpatientJournal(journal));
                services.AddSingleton<IRequestHandler<ExpireClockCommand, Reply>, BlindExpireClockHandler>();
                break;
            case Mutation.LaterVersion:
                Decorate<IRedisServer>(services, (redis, _) => new LaterRedis(redis));
                break;
        }
    }

    private static void Decorate<T>(IServiceCollection services, Func<T, IServiceProvider, T> decorate) where T : class
    {
        var own = services.Last(service => service.ServiceType == typeof(T)).ImplementationFactory!;
        services.AddSingleton(provider => decorate((T)own(provider), provider));
    }
}
