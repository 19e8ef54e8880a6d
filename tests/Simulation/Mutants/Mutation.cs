using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Infrastructure.Redis;
using ConnectFour.Infrastructure.Storage.Postgres;
using ConnectFour.Mutants;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectFour.Simulation.Tests.Mutants;

/// <summary>One way in which every node breaks the promise.</summary>
internal enum Mutation
{
    /// <summary>A move is acknowledged while it is still on its way to the database.</summary>
    AcknowledgeBeforeCommit,

    /// <summary>Everybody sees a move while it is still on its way to the database.</summary>
    PublishBeforeCommit,

    /// <summary>The database takes a move at whatever version the game is.</summary>
    AppendAtAnyVersion,

    /// <summary>A move that the database has not confirmed in time counts as not made.</summary>
    LateIsNotStored,

    /// <summary>What was said to the database and not answered counts as not said.</summary>
    LostIsNotSent,

    /// <summary>A server is there again after an outage before the clocks have their time back.</summary>
    BeatBeforeGivingBack,

    /// <summary>What is stored late counts from when it was asked, and no time is given back.</summary>
    WaitingCosts,

    /// <summary>A move that is sent again is taken for another one.</summary>
    NoDedupe,

    /// <summary>A clock that seemed about to fall ends the game, whatever has happened since.</summary>
    DeadlineWithoutAnotherLook,

    /// <summary>Whoever closes one of their tabs counts as gone, wherever else they are.</summary>
    AbsentWithOneTab,

    /// <summary>Who was cut loses after a second.</summary>
    ImpatientLobby,

    /// <summary>Who stayed away too long counts as having given up.</summary>
    AbsenceIsForfeit,

    /// <summary>What other nodes tell of games is told on as it comes.</summary>
    BusAsItComes,

    /// <summary>A decision about the lobby is stored, whoever has changed it since it was read.</summary>
    LobbyAtAnyVersion,

    /// <summary>What the bus has lost of the lobby is not looked for.</summary>
    LobbyWithoutAnotherLook,
}

internal static class Mutations
{
    public static void Break(this IServiceCollection services, Mutation mutation, SimulatedNode node)
    {
        switch (mutation)
        {
            case Mutation.AcknowledgeBeforeCommit:
                services.AddSingleton<IGameJournal>(provider => new HastyJournal(provider.GetRequiredService<PostgresJournal>()));
                break;
            case Mutation.PublishBeforeCommit:
                services.AddSingleton<IGameJournal>(provider => new TalkativeJournal(provider.GetRequiredService<PostgresJournal>(), provider.GetRequiredService<IEvents>()));
                break;
            case Mutation.AppendAtAnyVersion:
                services.AddSingleton<IPostgresServer>(new TrustingServer(node));
                break;
            case Mutation.LateIsNotStored:
                services.AddSingleton<IGameJournal>(provider => new DespairingJournal(provider.GetRequiredService<PostgresJournal>()));
                break;
            case Mutation.LostIsNotSent:
                services.AddSingleton<IPostgresServer>(new HopefulServer(node.Database));
                break;
            case Mutation.BeatBeforeGivingBack:
                services.AddSingleton<IPostgresServer>(new HastyServer(node.Database));
                break;
            case Mutation.WaitingCosts:
                services.AddSingleton<IPostgresServer>(new PunctualServer(node.Database));
                break;
            case Mutation.NoDedupe:
                services.AddSingleton<IRequestHandler<MoveCommand, Reply>, ForgetfulMoveHandler>();
                break;
            case Mutation.DeadlineWithoutAnotherLook:
                services.AddSingleton<IPostgresServer>(new ImpatientServer(node.Database));
                services.AddSingleton<IRequestHandler<ExpireClockCommand, Reply>, BlindExpireClockHandler>();
                break;
            case Mutation.AbsentWithOneTab:
                services.AddSingleton<IRequestHandler<DisconnectCommand, Reply>, SternDisconnectHandler>();
                break;
            case Mutation.ImpatientLobby:
                services.AddSingleton(node.World.Rules with { Grace = TimeSpan.FromSeconds(1), Patience = TimeSpan.Zero });
                break;
            case Mutation.AbsenceIsForfeit:
                services.AddSingleton<IRequestHandler<ExpireAbsenceCommand, Reply>, SternExpireAbsenceHandler>();
                break;
            case Mutation.BusAsItComes:
                services.AddSingleton<IRedisServer>(provider => new CarelessListener(node, provider.GetRequiredService<Audiences>()));
                break;
            case Mutation.LobbyAtAnyVersion:
                services.AddSingleton<IRedisServer>(new CarelessCommits(node.Redis));
                break;
            case Mutation.LobbyWithoutAnotherLook:
                services.AddSingleton<IRedisServer>(new CarelessBeats(node));
                break;
        }
    }
}
