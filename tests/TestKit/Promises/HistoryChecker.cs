using System.Collections.Immutable;
using System.Diagnostics;
using ConnectFour.Domain;

namespace ConnectFour.TestKit.Promises;

/// <summary>Holds what the clients did and saw against what the journal has. Knows nothing of the server but its promises.</summary>
public sealed class HistoryChecker
{
    private readonly ImmutableArray<Observation> _observations;
    private readonly Dictionary<GameId, RecordedGame> _games;
    private readonly IReadOnlyList<JournalUser> _users;
    private readonly AbsenceRule _absences;
    private readonly OutageRule _outages;
    private readonly HashSet<(UserName Client, GameId Game)> _quits;
    private readonly Dictionary<(UserName Client, Move Move), MoveFate> _fates = [];

    private HistoryChecker(History history, IReadOnlyList<JournalGame> journal, IReadOnlyList<JournalUser> users, Graces graces)
    {
        _observations = history.All;
        _games = journal.ToDictionary(game => game.Id, game => new RecordedGame(game));
        _users = users;
        _absences = new AbsenceRule(_observations, graces);
        _outages = new OutageRule(_observations, _absences, graces);
        _quits = [.. _observations.OfType<Observation.Quit>().Select(quit => (quit.Client, quit.Game))];
        foreach (var observation in _observations) Note(observation);
    }

    /// <param name="graces">What the server was told to grant; its defaults, if not said.</param>
    /// <returns>Everything that is wrong, promise by promise; empty if the run kept them all.</returns>
    public static ImmutableArray<Violation> Check(
        History history, IReadOnlyList<JournalGame> journal, IReadOnlyList<JournalUser> users, Graces? graces = null)
    {
        var checker = new HistoryChecker(history, journal, users, graces ?? new Graces());
        return [.. Enum.GetValues<Promise>().SelectMany(promise => checker.Broken(promise).Select(sentence => new Violation(promise, sentence)))];
    }

    private IEnumerable<string> Broken(Promise promise) => promise switch
    {
        Promise.AcknowledgedIsThere => _fates.SelectMany(entry => entry.Value.Oks.Select(Missing).OfType<string>()),
        Promise.RefusedIsNotThere => _fates.Values.Where(fate => fate.IsRefused).Select(fate => fate.Refusals[0]).Where(IsThere)
            .Select(refused => $"{refused.Client} was refused {refused.Move} ({refused.Code}), and it is in the journal."),
        Promise.UnknownAtMostOnce => _games.Values.SelectMany(Unasked),
        Promise.GamesAreLegal => _games.Values.Select(Illegal).OfType<string>(),
        Promise.GamesEndOnce => _games.Values.SelectMany(EndedBadly).Concat(_observations.OfType<Observation.GameOver>().Select(EndedOtherwise).OfType<string>()),
        Promise.ViewsMatch => _observations.OfType<Observation.Applied>().GroupBy(applied => (applied.Client, applied.Game)).SelectMany(Mismatched),
        Promise.RecordsMatch => Miscounted(),
        Promise.OutagesAreFree => _games.Values.Select(_outages.Robbed).OfType<string>(),
    };

    private void Note(Observation observation)
    {
        switch (observation)
        {
            case Observation.Invoked asked:
                Fate(asked.Client, asked.Move).Asked();
                break;
            case Observation.Ok ok:
                Fate(ok.Client, ok.Move).Oks.Add(ok);
                break;
            case Observation.Refused refused:
                Fate(refused.Client, refused.Move).Refusals.Add(refused);
                break;
        }

        MoveFate Fate(UserName client, Move move) => _fates.TryGetValue((client, move), out var fate) ? fate : _fates[(client, move)] = new MoveFate();
    }

    private string? Missing(Observation.Ok ok)
    {
        var said = $"{ok.Client} was told that {ok.Move} counted";
        if (_games.GetValueOrDefault(ok.Move.Game) is not { } game) return $"{said}, and the journal has no such game.";
        if (ok.Move.Ply >= game.Discs.Length) return $"{said}, and the journal ends before ply {game.Discs.Length}.";
        if (game.Find(ok.Client, ok.Move) is not { } disc) return $"{said}, and the journal has column {game.Discs[ok.Move.Ply].Event.Column} of {game.NameOf(game.Discs[ok.Move.Ply].Event.By)} there.";
        return ok.Version == disc.Version ? null : $"{said} as version {ok.Version}, and it is version {disc.Version} of the journal.";
    }

    private bool IsThere(Observation.Refused refused) => _games.GetValueOrDefault(refused.Move.Game)?.Find(refused.Client, refused.Move) is not null;

    /// <summary>Every disc has been asked for, at its ply, by its player. So no move can be there a second time.</summary>
    private IEnumerable<string> Unasked(RecordedGame game)
    {
        for (var ply = 0; ply < game.Discs.Length; ply++)
        {
            var disc = game.Discs[ply].Event;
            if (game.NameOf(disc.By) is not { } player) continue;

            var move = new Move(game.Id, ply, disc.Column);
            if (!_fates.ContainsKey((player, move))) yield return $"{player} never asked for {move}, and the journal has it{Earlier(player, move)}.";
        }
    }

    private string Earlier(UserName player, Move move) =>
        _fates.Keys.FirstOrDefault(asked => asked.Client == player && asked.Move.Game == move.Game && asked.Move.Column == move.Column && asked.Move.Ply < move.Ply).Move is { } asked
            ? $": they did for ply {asked.Ply}"
            : "";

    /// <summary>What comes after an end is not looked at: it has a promise of its own.</summary>
    private string? Illegal(RecordedGame game)
    {
        var events = game.Ends is [var (_, end), ..] ? game.Events[..end] : game.Events;
        if (Problem(events) is { } problem)
        {
            var version = Enumerable.Range(1, events.Length).FirstOrDefault(version => Problem(events[..version]) is not null);
            return $"Game {game.Id} is not legal at version {version}, ply {game.MovesAt(version - 1)?.Length ?? 0}: {problem}";
        }

        if (game.Start?.Game != game.Id) return $"Game {game.Id} begins as game {game.Start?.Game}.";
        return game.Ends is [var (last, at), ..] && Objection(game, last, Game.Replay(events[..(at - 1)])) is { } objection
            ? $"Game {game.Id} ends at ply {game.Discs.Length} by {last.Outcome}: {objection}."
            : null;
    }

    private static string? Problem(ImmutableArray<GameEvent> events)
    {
        try
        {
            Game.Replay(events);
            return null;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            return problem.Message;
        }
    }

    /// <summary>Why the game cannot have ended so; null if it can.</summary>
    private string? Objection(RecordedGame game, GameEvent.Ended end, Game before) => end.Outcome switch
    {
        Outcome.FourInLine four => before.Board.Winner == four.By ? null : "there is no such line",
        Outcome.FullBoard => before.Board is { IsFull: true, Winner: null } ? null : "the board is not full, or there is a line",
        _ when before.Moves.IsFinished => "the board had decided it",
        Outcome.Flag flag => before.ToMove == flag.Of && before.Clock?.HasFallen(end.At) == true ? null : "that clock had not run out",
        Outcome.Forfeit forfeit => game.NameOf(forfeit.By) is { } player && _quits.Contains((player, game.Id)) ? null : $"{game.NameOf(forfeit.By)} never gave it up",
        Outcome.Absence absence => _absences.Objection(game.NameOf(absence.Of)!, end.At),
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<string> EndedBadly(RecordedGame game)
    {
        if (game.Ends.Length > 1) yield return $"Game {game.Id} ends {game.Ends.Length} times: {string.Join(", ", game.Ends.Select(end => $"{end.Event.Outcome} at version {end.Version}"))}.";
        else if (game.Ends is [var (_, at)] && at < game.Events.Length) yield return $"Game {game.Id} ends at version {at} and goes on to version {game.Events.Length}.";
        else if (game.Ends.IsEmpty && Notation.TryFrom(game.MovesAt(game.Events.Length) ?? "", out var moves, out _) && moves.IsFinished)
            yield return $"Game {game.Id} is decided at ply {moves.Plies}, and the journal does not say so.";
    }

    private string? EndedOtherwise(Observation.GameOver seen)
    {
        var saw = $"{seen.Client} saw game {seen.Game} end at version {seen.Version} ({seen.Reason}, {seen.Winner?.ToString() ?? "nobody"} won)";
        if (_games.GetValueOrDefault(seen.Game) is not { Ends: [var (end, version), ..] }) return $"{saw}, and the journal knows of no end.";
        return (seen.Version, seen.Winner, seen.Reason) == (version, end.Outcome.Winner, Reason(end.Outcome)) ? null : $"{saw}; in the journal it is version {version}, {end.Outcome}.";
    }

    /// <summary>As on the wire: four, full, forfeit, flag, absence.</summary>
    public static string Reason(Outcome outcome) => outcome switch
    {
        Outcome.FourInLine => "four",
        Outcome.FullBoard => "full",
        Outcome.Forfeit => "forfeit",
        Outcome.Flag => "flag",
        Outcome.Absence => "absence",
        _ => throw new UnreachableException(),
    };

    private IEnumerable<string> Mismatched(IEnumerable<Observation.Applied> view)
    {
        var shown = 0;
        foreach (var applied in view)
        {
            var saw = $"{applied.Client} showed at {applied.At:HH:mm:ss.fff} game {applied.Game} at version {applied.Version}, ply {applied.Moves.Length}, as \"{applied.Moves}\"";
            if (applied.Version <= shown) yield return $"{saw}, having shown version {shown} before.";
            shown = applied.Version;

            var recorded = _games.GetValueOrDefault(applied.Game)?.MovesAt(applied.Version);
            if (recorded is null) yield return $"{saw}; the journal has no such version.";
            else if (recorded != applied.Moves) yield return $"{saw}; in the journal it is \"{recorded}\".";
        }
    }

    private IEnumerable<string> Miscounted()
    {
        var counted = new Dictionary<UserName, Tally>();
        foreach (var game in _games.Values.Where(game => !game.Ends.IsEmpty))
            foreach (var side in Enum.GetValues<Player>())
                if (game.NameOf(side) is { } name) counted[name] = counted.GetValueOrDefault(name).With(game.Ends[0].Event.Outcome, side);

        var recorded = _users.ToDictionary(user => user.Name, user => new Tally(user.Wins, user.Losses, user.Draws));
        return counted.Keys.Union(recorded.Keys).Where(name => counted.GetValueOrDefault(name) != recorded.GetValueOrDefault(name))
            .Select(name => $"The record of {name} is {recorded.GetValueOrDefault(name)}, and their games make {counted.GetValueOrDefault(name)}.");
    }
}
