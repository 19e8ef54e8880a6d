using ConnectFour.Application;
using ConnectFour.Application.Ports;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>The error codes of docs/protocol.md, each with a sentence for whoever debugs a client.</summary>
internal static class ErrorCodes
{
    public const string BadJson = "bad_json";
    public const string BadMessage = "bad_message";
    public const string UnknownType = "unknown_type";
    public const string NotConnected = "not_connected";
    public const string AlreadyConnected = "already_connected";
    public const string RateLimited = "rate_limited";

    public static string Of(Malformation what) => what switch
    {
        Malformation.BadMessage => BadMessage,
        Malformation.BadName => "bad_name",
        Malformation.BadToken => "bad_token",
        Malformation.BadClock => "bad_clock",
        Malformation.BadColumn => "bad_column",
    };

    public static string Of(Refusal why) => why switch
    {
        Refusal.NameTaken => "name_taken",
        Refusal.NameRegistered => "name_registered",
        Refusal.NotLoggedIn => "not_logged_in",
        Refusal.TooManyConnections => "too_many_connections",
        Refusal.UnknownUser => "unknown_user",
        Refusal.CannotChallengeYourself => "cannot_challenge_yourself",
        Refusal.YouAreBusy => "you_are_busy",
        Refusal.OpponentIsBusy => "opponent_is_busy",
        Refusal.NotAccepting => "not_accepting",
        Refusal.TooManyGames => "too_many_games",
        Refusal.NoSuchInvitation => "no_such_invitation",
        Refusal.NotFound => "not_found",
        Refusal.NotAPlayer => "not_a_player",
        Refusal.NotYourTurn => "not_your_turn",
        Refusal.ColumnFull => "column_full",
        Refusal.GameIsOver => "game_over",
        Refusal.GameIsRunning => "game_is_running",
        Refusal.TimeIsUp => "time_is_up",
        Refusal.CannotSwap => "cannot_swap",
        Refusal.OpponentMayReturn => "opponent_may_return",
        Refusal.TooSoon => "too_soon",
        Refusal.CannotBlockYourself => "cannot_block_yourself",
        Refusal.TooManyBlocked => "too_many_blocked",
        Refusal.Stale => "stale",
    };

    public static string Of(AppendResult why) => why switch
    {
        AppendResult.Pending => "pending",
        AppendResult.Overloaded => "overloaded",
        AppendResult.Unavailable => "unavailable",
        AppendResult.Committed or AppendResult.Conflict => throw new ArgumentOutOfRangeException(nameof(why), why, "No trouble."),
    };

    /// <summary>An error with its sentence.</summary>
    public static ErrorMessage Error(string code, RequestId? re) => new(code, Sentence(code)) { Re = re };

    private static string Sentence(string code) => code switch
    {
        BadJson => "This is not JSON, or it is nested too deeply.",
        BadMessage => "This is not a message: a field is missing, unknown, repeated or of the wrong kind.",
        UnknownType => "There is no message of this type.",
        NotConnected => "Say who you are first: new_connection.",
        AlreadyConnected => "This connection belongs to a user already.",
        RateLimited => "Too many messages. This one was not looked at.",
        "bad_name" => "A name has 2 to 20 letters, digits, '_' or '-', begins with a letter, ends with a letter or digit, and is not reserved.",
        "bad_token" => "This is not a resume token.",
        "bad_clock" => "A clock has 5 to 10800 seconds and an increment of 0 to 180 seconds.",
        "bad_column" => "Columns are numbered 1 to 7.",
        "name_taken" => "Somebody else has this name.",
        "name_registered" => "This name belongs to an account.",
        "not_logged_in" => "There is no session: say a name or a token, or log in first.",
        "too_many_connections" => "This user has too many connections.",
        "unknown_user" => "Nobody here has this name.",
        "cannot_challenge_yourself" => "You cannot challenge yourself.",
        "you_are_busy" => "You have a pending invitation already.",
        "opponent_is_busy" => "Your opponent has a pending invitation, or is playing and not open to more games.",
        "not_accepting" => "They take no challenges, or only from accounts.",
        "too_many_games" => "You are in too many games already.",
        "no_such_invitation" => "There is no such invitation, or it has ended.",
        "not_found" => "There is no such game.",
        "not_a_player" => "This is not your game.",
        "not_your_turn" => "It is your opponent's turn.",
        "column_full" => "This column is full.",
        "game_over" => "This game has ended.",
        "game_is_running" => "This game has not ended yet.",
        "time_is_up" => "Your time ran out before this move arrived.",
        "cannot_swap" => "There is no first disc to take over: it was not agreed, or it is too early or too late.",
        "opponent_may_return" => "Your opponent is here, or has not been away for long enough.",
        "too_soon" => "A moment ago you said something already.",
        "cannot_block_yourself" => "You cannot block yourself.",
        "too_many_blocked" => "You block too many people already.",
        "stale" => "The game is at another ply; here it is.",
        "pending" => "Not stored yet; it may still count. Send the same again.",
        "overloaded" => "The server has too much to store. Nothing was done; try again in a moment.",
        "unavailable" => "The server cannot store anything at the moment. Nothing was done; try again soon.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "An error code without a sentence."),
    };
}
