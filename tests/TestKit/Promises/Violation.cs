namespace ConnectFour.TestKit.Promises;

/// <summary>What a run has to keep.</summary>
public enum Promise
{
    /// <summary>A move that was acknowledged is in the journal, once, at its ply, in its column.</summary>
    AcknowledgedIsThere,

    /// <summary>A move that was refused is not in the journal, unless it was asked for again and not refused then.</summary>
    RefusedIsNotThere,

    /// <summary>A move whose fate the client does not know is there or not; never twice. Nor is there any disc that nobody asked for.</summary>
    UnknownAtMostOnce,

    /// <summary>Every game follows the rules from its start to its end.</summary>
    GamesAreLegal,

    /// <summary>A game that a client saw end has one end, the one that was seen; and nothing follows the end of any game.</summary>
    GamesEndOnce,

    /// <summary>A client's view of a game only goes forward, and shows what the journal has at that version.</summary>
    ViewsMatch,

    /// <summary>Users' records are what a recount of the games makes them.</summary>
    RecordsMatch,

    /// <summary>Nobody loses by clock or absence because the server was away.</summary>
    OutagesAreFree,
}

/// <param name="Sentence">What is wrong; it names the game, the ply and the client as far as there are any.</param>
public sealed record Violation(Promise Broken, string Sentence)
{
    public override string ToString() => $"{Broken}: {Sentence}";
}
