using System.Collections.Immutable;
using ConnectFour.Domain;

namespace ConnectFour.TestKit.Promises;

/// <summary>A game as the journal has it after the run.</summary>
/// <param name="Events">In the order of their versions, the first one is version 1. Whoever reads them has made sure that no version is missing.</param>
public sealed record JournalGame(GameId Id, ImmutableArray<GameEvent> Events);

/// <summary>A user's record as the journal has it after the run.</summary>
public sealed record JournalUser(UserName Name, int Wins, int Losses, int Draws);
