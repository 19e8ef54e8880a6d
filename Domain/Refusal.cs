namespace ConnectFour.Domain;

/// <summary>Why the rules say no. Each names a state of the world; the words for people live in the front ends.</summary>
public enum Refusal
{
    NameTaken,
    NameRegistered,
    NotLoggedIn,
    TooManyConnections,
    UnknownUser,
    CannotChallengeYourself,
    YouAreBusy,
    OpponentIsBusy,
    NotAccepting,
    TooManyGames,
    NoSuchInvitation,
    NotFound,
    NotAPlayer,
    NotYourTurn,
    ColumnFull,
    GameIsOver,
    GameIsRunning,
    TimeIsUp,
    CannotSwap,
    OpponentMayReturn,
    TooSoon,
    CannotBlockYourself,
    TooManyBlocked,
    Stale,
}
