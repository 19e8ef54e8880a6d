using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.Chaos;

/// <summary>A game as the journal has it after the run.</summary>
/// <param name="Events">In the order of their versions, the first one is version 1. Whoever reads them has made sure that no version is missing.</param>
internal sealed record JournalGame(GameId Id, ImmutableArray<GameEvent> Events);

/// <summary>A user's record as the journal has it after the run.</summary>
internal sealed record JournalUser(UserName Name, int Wins, int Losses, int Draws);

/// <summary>What a server has left behind.</summary>
internal sealed record Journal(ImmutableArray<JournalGame> Games, ImmutableArray<JournalUser> Users)
{
    /// <summary>Reads the data directory of a server that has stopped. One that keeps its games in memory leaves nothing.</summary>
    public static Journal Read(string dataDirectory) => Directory.Exists(dataDirectory)
        ? new([], [])
        : throw new DirectoryNotFoundException(dataDirectory);
}
