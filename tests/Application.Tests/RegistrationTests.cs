using System.Reflection;
using ConnectFour.Application.UseCases;
using FluentValidation;
using MediatR;

namespace ConnectFour.Application.Tests;

public sealed class RegistrationTests
{
    private static readonly UserName Ann = UserName.From("Ann");

    public static TheoryData<Type> Commands => [.. Types().Where(type => type.IsAssignableTo(typeof(ICommand)) && type.IsClass)];

    public static TheoryData<Type> Validators => [.. Types().Where(type => type.IsAssignableTo(typeof(IValidator)))];

    /// <summary>One malformed command of every validated kind, and what is wrong with it.</summary>
    public static TheoryData<ICommand, Malformation> Malformed => new()
    {
        { new ConnectCommand(new("c"), "Ann", "Ann.0123456789012345678901"), Malformation.BadMessage },
        { new ConnectCommand(new("c"), "admin", null), Malformation.BadName },
        { new ConnectCommand(new("c"), "A", null), Malformation.BadName },
        { new ConnectCommand(new("c"), null, "Ann"), Malformation.BadToken },
        { new ConnectCommand(new("c"), null, "Ann.short"), Malformation.BadToken },
        { new ChallengeCommand(Ann, "<b>", null), Malformation.BadName },
        { new ChallengeCommand(Ann, "Bob", (4, 0)), Malformation.BadClock },
        { new ChallengeCommand(Ann, "Bob", (10_801, 0)), Malformation.BadClock },
        { new ChallengeCommand(Ann, "Bob", (180, -1)), Malformation.BadClock },
        { new ChallengeCommand(Ann, "Bob", (180, 181)), Malformation.BadClock },
        { new CancelCommand(Ann, ""), Malformation.BadName },
        { new AcceptCommand(Ann, "B"), Malformation.BadName },
        { new DeclineCommand(Ann, "B"), Malformation.BadName },
        { new SeekCommand(Ann, [], Balance.None), Malformation.BadMessage },
        { new SeekCommand(Ann, [null, null], Balance.None), Malformation.BadMessage },
        { new SeekCommand(Ann, [.. Enumerable.Range(0, 9).Select(i => ((int, int)?)(60 + i, 0))], Balance.None), Malformation.BadMessage },
        { new SeekCommand(Ann, [null, (4, 0)], Balance.None), Malformation.BadClock },
        { new OfferCommand(Ann, (4, 0), Balance.None), Malformation.BadClock },
        { new ChallengeCommand(Ann, "Bob", null, null), Malformation.BadMessage },
        { new ChallengeCommand(Ann, "Bob", null, Balance.Return), Malformation.BadMessage },
        { new SeekCommand(Ann, [null], null), Malformation.BadMessage },
        { new OfferCommand(Ann, null, Balance.Return), Malformation.BadMessage },
        { new JoinCommand(Ann, "B", "key"), Malformation.BadName },
        { new JoinCommand(Ann, "Bob", ""), Malformation.BadMessage },
        { new JoinCommand(Ann, "Bob", new string('k', 65)), Malformation.BadMessage },
        { new SwapCommand(Ann, ""), Malformation.BadMessage },
        { new ClaimCommand(Ann, ""), Malformation.BadMessage },
        { new ReactCommand(Ann, "", Reaction.Nice), Malformation.BadMessage },
        { new ReactCommand(Ann, "g", null), Malformation.BadMessage },
        { new AllowCommand(Ann, null), Malformation.BadMessage },
        { new BlockCommand(Ann, "B"), Malformation.BadName },
        { new UnblockCommand(Ann, ""), Malformation.BadName },
        { new MoveCommand(Ann, "g", 0, 0), Malformation.BadColumn },
        { new MoveCommand(Ann, "g", 0, 8), Malformation.BadColumn },
        { new MoveCommand(Ann, "g", -1, 1), Malformation.BadMessage },
        { new MoveCommand(Ann, "g", 42, 1), Malformation.BadMessage },
        { new MoveCommand(Ann, "", 0, 1), Malformation.BadMessage },
        { new QuitCommand(Ann, new string('g', 33)), Malformation.BadMessage },
        { new RematchCommand(Ann, ""), Malformation.BadMessage },
        { new WatchCommand(Ann, new ConnectionId("1"), ""), Malformation.BadMessage },
        { new UnwatchCommand(Ann, new ConnectionId("1"), ""), Malformation.BadMessage },
        { new FindCommand(Ann, ""), Malformation.BadMessage },
        { new FindCommand(Ann, new string('a', 21)), Malformation.BadMessage },
        { new PingCommand(Ann, [.. Enumerable.Range(0, 31).Select(i => ($"g{i}", 0))]), Malformation.BadMessage },
        { new PingCommand(Ann, [("", 0)]), Malformation.BadMessage },
        { new PingCommand(Ann, [("g", -1)]), Malformation.BadMessage },
    };

    [Theory, MemberData(nameof(Commands))]
    public void Every_command_has_its_handler_and_is_validated_first(Type command)
    {
        using var application = new RunningApplication();

        var handler = Service(application, typeof(IRequestHandler<,>).MakeGenericType(command, typeof(Reply)));
        var behaviour = Service(application, typeof(IPipelineBehavior<,>).MakeGenericType(command, typeof(Reply)));

        Assert.NotNull(handler);
        Assert.Equal(typeof(Validation<>), behaviour?.GetType().GetGenericTypeDefinition());
    }

    [Theory, MemberData(nameof(Validators))]
    public void Every_validator_is_registered(Type validator)
    {
        using var application = new RunningApplication();
        var contract = validator.GetInterfaces().Single(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IValidator<>));

        var registered = Service(application, contract);

        Assert.IsType(validator, registered);
    }

    [Fact]
    public void Every_validator_has_a_malformed_example_here()
    {
        var validated = Validators.Select(row => row.Data.BaseType!.GetGenericArguments()[0]);

        var examples = Malformed.Select(row => row.Data.Item1.GetType()).ToHashSet();

        Assert.All(validated, command => Assert.Contains(command, examples));
    }

    [Theory, MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task Malformed_input_is_named_and_never_reaches_its_handler(ICommand command, Malformation what)
    {
        using var application = new RunningApplication();
        await application.Join("Ann");
        await application.Join("Bob");
        var (list, events) = (await application.Lobby.List(10), application.Events.Lobby);

        var reply = await application.Send(command);

        Assert.Equal(new Reply.Malformed(what), reply);
        Assert.Equal(list.Version, (await application.Lobby.List(10)).Version);
        Assert.Equal(events, application.Events.Lobby);
    }

    private static object? Service(RunningApplication application, Type type) => application.Get<IServiceProvider>().GetService(type);

    private static IEnumerable<Type> Types() => Assembly.Load("ConnectFour.Application").GetTypes().Where(type => type is { IsAbstract: false, ContainsGenericParameters: false });
}
