using ConnectFour.Application.InMemory;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConnectFour.Application;

/// <summary>The table of contents: every use case, and the ports' implementations for a single process.</summary>
public static class Registration
{
    /// <summary>Every <see cref="IAudience"/> that is registered hears what happens. Takes what is registered already instead of the in-memory journal, lobby and watchers, a node that is alone, a world without accounts, the system's time and randomness, and the usual rules.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new LobbyRules());
        services.TryAddSingleton<IRandomness, SystemRandomness>();
        services.AddSingleton<Audiences>();
        services.TryAddSingleton<IEvents>(provider => provider.GetRequiredService<Audiences>());
        services.TryAddSingleton(Node.Only);
        services.AddSingleton<OwnConnections>();
        services.AddSingleton<ServerTime>();
        services.TryAddSingleton<ILobby, InMemoryLobby>();
        services.TryAddSingleton<IProfiles, NoProfiles>();
        services.TryAddSingleton<IGameJournal>(provider => new InMemoryGameJournal(provider.GetRequiredService<IEvents>()));
        services.TryAddSingleton<IWatchers, InMemoryWatchers>();
        services.AddSingleton<Games>();
        services.AddSingleton<Preferences>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<Excuses>();

        // Nothing in a use case belongs to one request, so all of it is made once.
        services.AddSingleton<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddSingleton<IMediator, Mediator>();
        return services
            .Add<ConnectCommand, ConnectHandler>().Checked<ConnectCommand, ConnectValidator>()
            .Add<ConnectBotCommand, ConnectBotHandler>()
            .Add<DisconnectCommand, DisconnectHandler>()
            .Add<ChallengeCommand, ChallengeHandler>().Checked<ChallengeCommand, ChallengeValidator>()
            .Add<CancelCommand, CancelHandler>().Checked<CancelCommand, CancelValidator>()
            .Add<AcceptCommand, AcceptHandler>().Checked<AcceptCommand, AcceptValidator>()
            .Add<DeclineCommand, DeclineHandler>().Checked<DeclineCommand, DeclineValidator>()
            .Add<SeekCommand, SeekHandler>().Checked<SeekCommand, SeekValidator>()
            .Add<UnseekCommand, UnseekHandler>()
            .Add<OfferCommand, OfferHandler>().Checked<OfferCommand, OfferValidator>()
            .Add<WithdrawLinkCommand, WithdrawLinkHandler>()
            .Add<JoinCommand, JoinHandler>().Checked<JoinCommand, JoinValidator>()
            .Add<MoveCommand, MoveHandler>().Checked<MoveCommand, MoveValidator>()
            .Add<SwapCommand, SwapHandler>().Checked<SwapCommand, SwapValidator>()
            .Add<ReactCommand, ReactHandler>().Checked<ReactCommand, ReactValidator>()
            .Add<ClaimCommand, ClaimHandler>().Checked<ClaimCommand, ClaimValidator>()
            .Add<QuitCommand, QuitHandler>().Checked<QuitCommand, QuitValidator>()
            .Add<RematchCommand, RematchHandler>().Checked<RematchCommand, RematchValidator>()
            .Add<WatchCommand, WatchHandler>().Checked<WatchCommand, WatchValidator>()
            .Add<UnwatchCommand, UnwatchHandler>().Checked<UnwatchCommand, UnwatchValidator>()
            .Add<SetOpenCommand, SetOpenHandler>()
            .Add<AllowCommand, AllowHandler>().Checked<AllowCommand, AllowValidator>()
            .Add<BlockCommand, BlockHandler>().Checked<BlockCommand, BlockValidator>()
            .Add<UnblockCommand, UnblockHandler>().Checked<UnblockCommand, UnblockValidator>()
            .Add<FindCommand, FindHandler>().Checked<FindCommand, FindValidator>()
            .Add<PingCommand, PingHandler>().Checked<PingCommand, PingValidator>()
            .Add<EnrolCommand, EnrolHandler>()
            .Add<PreferCommand, PreferHandler>()
            .Add<LogOutCommand, LogOutHandler>()
            .Add<DepartCommand, DepartHandler>()
            .Add<PairCommand, PairHandler>()
            .Add<ExpireLinkCommand, ExpireLinkHandler>()
            .Add<ExpireInvitationCommand, ExpireInvitationHandler>()
            .Add<ExpireAbsenceCommand, ExpireAbsenceHandler>()
            .Add<ExpireClockCommand, ExpireClockHandler>();
    }

    private static IServiceCollection Add<TCommand, THandler>(this IServiceCollection services)
        where TCommand : ICommand
        where THandler : class, IRequestHandler<TCommand, Reply> => services
            .AddSingleton<IRequestHandler<TCommand, Reply>, THandler>()
            .AddSingleton<IPipelineBehavior<TCommand, Reply>, Validation<TCommand>>();

    private static IServiceCollection Checked<TCommand, TValidator>(this IServiceCollection services)
        where TCommand : ICommand
        where TValidator : class, IValidator<TCommand> => services.AddSingleton<IValidator<TCommand>, TValidator>();
}
