using FsCheck;
using FsCheck.Fluent;

namespace ConnectFour.Domain.Tests;

/// <summary>Something that happens to a lobby, as a test writes it down. Names may be spelt in either case.</summary>
public abstract record LobbyCommand
{
    private LobbyCommand() { }

    public sealed record Connect(string By, string Secret, int Tab) : LobbyCommand;

    public sealed record Disconnect(string By, int Tab, bool OnPurpose) : LobbyCommand;

    public sealed record SetOpen(string By, bool More) : LobbyCommand;

    public sealed record Challenge(string By, string Opponent, bool WithClock) : LobbyCommand;

    public sealed record Cancel(string By, string Opponent) : LobbyCommand;

    public sealed record Accept(string By, string Opponent) : LobbyCommand;

    public sealed record Decline(string By, string Opponent) : LobbyCommand;

    /// <summary>Asks for a rematch of the last game they began.</summary>
    public sealed record Rematch(string By) : LobbyCommand;

    /// <summary>Ends one of the running games: won by the first, by the second, or drawn.</summary>
    public sealed record Finish(int Game, Player? Winner) : LobbyCommand;

    /// <summary>Time passes. Nothing else happens: deadlines that are over wait for the next sweep.</summary>
    public sealed record Pass(int Seconds) : LobbyCommand;

    /// <summary>The server looks for deadlines that are over.</summary>
    public sealed record Sweep : LobbyCommand;
}

/// <summary>Few users, few tabs and times at the very edge of the rules' deadlines, so that commands meet each other.</summary>
public static class LobbyCommands
{
    private static readonly Gen<string> Name = Gen.Frequency((9, Gen.Elements("Ann", "Bob", "Cy")), (1, Gen.Elements("ANN", "bob", "Nemo")));

    public static Arbitrary<LobbyCommand> Any() => Arb.From(Gen.Frequency(
        (5, from name in Name
            from secret in Gen.Frequency((9, Gen.Constant("own")), (1, Gen.Constant("stolen")))
            from tab in Gen.Choose(1, 3)
            select (LobbyCommand)new LobbyCommand.Connect(name, secret, tab)),
        (2, from name in Name
            from tab in Gen.Choose(1, 3)
            from onPurpose in Gen.Elements(true, false)
            select (LobbyCommand)new LobbyCommand.Disconnect(name, tab, onPurpose)),
        (2, from name in Name from more in Gen.Elements(true, true, false) select (LobbyCommand)new LobbyCommand.SetOpen(name, more)),
        (6, from name in Name
            from opponent in Name
            from withClock in Gen.Elements(true, false)
            select (LobbyCommand)new LobbyCommand.Challenge(name, opponent, withClock)),
        (1, from name in Name from opponent in Name select (LobbyCommand)new LobbyCommand.Cancel(name, opponent)),
        (6, from name in Name from opponent in Name select (LobbyCommand)new LobbyCommand.Accept(name, opponent)),
        (1, from name in Name from opponent in Name select (LobbyCommand)new LobbyCommand.Decline(name, opponent)),
        (2, from name in Name select (LobbyCommand)new LobbyCommand.Rematch(name)),
        (2, from game in Gen.Choose(0, 5)
            from winner in Gen.Elements<Player?>(Player.First, Player.Second, null)
            select (LobbyCommand)new LobbyCommand.Finish(game, winner)),
        (3, from seconds in Gen.Elements(1, 4, 5, 14, 15, 29, 30, 59, 60) select (LobbyCommand)new LobbyCommand.Pass(seconds)),
        (2, Gen.Constant((LobbyCommand)new LobbyCommand.Sweep()))));
}
