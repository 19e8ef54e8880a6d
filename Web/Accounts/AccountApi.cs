using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Application.UseCases;
using ConnectFour.Domain;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Infrastructure.WebSockets;
using ConnectFour.Web.Replays;
using MediatR;

namespace ConnectFour.Web.Accounts;

/// <summary><c>/api/account</c>: one's own account.</summary>
internal static class AccountApi
{
    public static void MapAccounts(this RouteGroupBuilder api)
    {
        api.MapPost("/account", Register).WithSummary("Creates an account and logs in. With a guest's token, the guest's games and record become the account's.")
            .RequireRateLimiting(Limits.Passwords).Produces<AccountAnswer>(201).ProducesProblem(400).ProducesProblem(409);
        api.MapPatch("/account", Change).WithSummary("Changes name, colour or openness; what is left out stays.").Produces<AccountAnswer>().ProducesProblem(409);
        api.MapPut("/account/password", ChangePassword).WithSummary("Sets another password; all other sessions end.").RequireRateLimiting(Limits.Passwords).Produces(204).ProducesProblem(403);
        api.MapGet("/account/data", Download).WithSummary("Everything that is kept of the account, as a file.");
        api.MapDelete("/account", Delete).WithSummary("Deletes the account. Running games are forfeit, finished ones stay under a name that nobody has.")
            .RequireRateLimiting(Limits.Passwords).Accepts<DeleteRequest>("application/json").Produces(204).ProducesProblem(403);
    }

    private static async Task<IResult> Register(RegisterRequest request, HttpContext context, AccountStore accounts, ILobby lobby, IMediator mediator, AccountLog log)
    {
        if (!UserName.TryFrom(request.Name, out var name))
            return Problems.BadRequest("bad_name", "A name has 2 to 20 letters, digits, '_' or '-', begins with a letter, ends with a letter or digit, and is not reserved.");
        var guest = ResumeToken.TryFrom(request.Token, out var token) && token.Name == name ? token.Credential : null;
        if (await lobby.Find(name) is { } here && here.Credential != guest) return NameTaken();

        return await PasswordGate.Pass(context, null, async () =>
        {
            var (account, trouble) = await accounts.Register(name, request.Password, guest);
            if (account is null) return Refuse(trouble);

            try
            {
                if (await mediator.Send(new EnrolCommand(name, guest, account.Credential)) is Reply.Refused)
                {
                    // While the password was being hashed a guest came by this name, who would shut the account out, and be shut out by it.
                    await accounts.Withdraw(account.Number, guest);
                    return NameTaken();
                }
            }
            catch (LobbyAwayException)
            {
                await accounts.Withdraw(account.Number, guest);
                throw;
            }

            if (await Own(context, accounts) is { } left) context.CloseSockets(left.Name);
            await context.LogIn(account.Number);
            log.Registered(account.Name.Text);
            return Results.Json(AccountAnswer.Of(account), statusCode: StatusCodes.Status201Created);
        });
    }

    private static async Task<IResult> Change(ProfileRequest request, HttpContext context, AccountStore accounts, ILobby lobby, IMediator mediator, AccountLog log)
    {
        if (await Own(context, accounts) is not { } account) return Problems.NotLoggedIn();
        var colour = request.HasColour ? null : account.Colour;
        if (request.Colour is { } wanted && !Words.TryColour(wanted, out colour)) return Problems.BadRequest("bad_colour", "There is no such colour.");
        if (request.Name is { } text && text != account.Name.Text && await Rename(account, text, accounts, lobby, mediator, log) is { } refusal) return refusal;

        var open = request.OpenToMore ?? account.OpenToMore;
        await accounts.Prefer(account.Number, colour, open);
        if (await accounts.Find(account.Number) is not { } changed) return Problems.NotLoggedIn(); // Deleted meanwhile, in another tab.
        await mediator.Send(new PreferCommand(changed.Name, colour, open));
        return Results.Json(AccountAnswer.Of(changed));
    }

    private static async Task<IResult?> Rename(AccountProfile account, string text, AccountStore accounts, ILobby lobby, IMediator mediator, AccountLog log)
    {
        if (!UserName.TryFrom(text, out var name)) return Problems.BadRequest("bad_name", "A name has 2 to 20 letters, digits, '_' or '-', and is not reserved.");
        if (name != account.Name && (await lobby.Find(name) is not null || await accounts.Find(name) is not null)) return NameTaken();

        // Who is in the lobby leaves it under the old name, and the page comes back under the new one.
        if (await mediator.Send(new DepartCommand(account.Name, Forfeit: false)) is Reply.Refused)
            return Problems.Conflict("playing", "Finish your games first: your opponents know you by this name.");
        var renamed = await accounts.Rename(account.Number, name);
        await mediator.Send(new LogOutCommand(account.Name));
        if (!renamed) return NameTaken();

        log.Renamed(account.Name.Text, name.Text);
        return null;
    }

    private static async Task<IResult> ChangePassword(PasswordRequest request, HttpContext context, AccountStore accounts, SessionStore sessions, LoginThrottle throttle, AccountLog log)
    {
        if (await Own(context, accounts) is not { } account) return Problems.NotLoggedIn();
        return await PasswordGate.Pass(context, account.Name, async () =>
        {
            if (await accounts.ChangePassword(account.Number, request.Current, request.New) is { } trouble)
            {
                if (trouble == AccountTrouble.WrongPassword) Failed(account, context, throttle, log);
                return Refuse(trouble);
            }

            await sessions.EndAll(account.Number);
            if (!await context.LogIn(account.Number)) return Problems.NotLoggedIn();
            context.CloseSockets(account.Name);
            log.PasswordChanged(account.Name.Text);
            return Results.NoContent();
        });
    }

    private static async Task<IResult> Delete([Microsoft.AspNetCore.Mvc.FromBody] DeleteRequest request, HttpContext context, AccountStore accounts, LoginThrottle throttle, IMediator mediator, AccountLog log)
    {
        if (await Own(context, accounts) is not { } account) return Problems.NotLoggedIn();
        return await PasswordGate.Pass(context, account.Name, async () =>
        {
            if (!await accounts.HasPassword(account.Number, request.Password))
            {
                Failed(account, context, throttle, log);
                return Refuse(AccountTrouble.WrongPassword);
            }

            if (await mediator.Send(new DepartCommand(account.Name, Forfeit: true)) is not Reply.Done)
                return Problems.Later(context, StatusCodes.Status503ServiceUnavailable, "busy", "Your running games could not be ended. Try again in a moment.", TimeSpan.FromSeconds(2));
            await accounts.Delete(account.Number);
            await context.LogOut();
            await mediator.Send(new LogOutCommand(account.Name));
            log.Deleted(account.Name.Text);
            return Results.NoContent();
        });
    }

    private static async Task<IResult> Download(HttpContext context, AccountStore accounts, IProfiles profiles, Ratings ratings, History history, IGameJournal journal)
    {
        if (await Own(context, accounts) is not { } account) return Problems.NotLoggedIn();

        var games = new List<GameListEntry>();
        for (var page = await history.Of(account.Number, null, 50); ; page = await history.Of(account.Number, page.Next, 50))
        {
            games.AddRange(await page.Entries(journal));
            if (page.Next is null) break;
        }
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{account.Name}.json\"";
        var profile = await profiles.Find(account.Credential);
        return Results.Json(new
        {
            Account = AccountAnswer.Of(account),
            Challenges = Words.Of(profile?.Challenges ?? ChallengePolicy.Everybody),
            Blocked = profile?.Blocked.Select(block => block.Name.Text) ?? [],
            Rating = await ratings.Of(account.Number) is { } ranked ? RatingAnswer.Of(ranked) : null,
            Ratings = CourseAnswer.Of(await ratings.Course(account.Number, int.MaxValue)).Ratings,
            Games = games,
        });
    }

    private static void Failed(AccountProfile account, HttpContext context, LoginThrottle throttle, AccountLog log)
    {
        throttle.Failed(account.Name, ClientAddress.Of(context));
        log.Failed();
    }

    private static async Task<AccountProfile?> Own(HttpContext context, AccountStore accounts) =>
        context.User.AccountNumber() is { } number ? await accounts.Find(number) : null;

    private static IResult NameTaken() => Problems.Conflict("name_taken", "Somebody else has this name.");

    private static IResult Refuse(AccountTrouble? trouble) => trouble switch
    {
        AccountTrouble.BadPassword => Problems.BadRequest("bad_password", "A password has 8 to 128 characters."),
        AccountTrouble.CommonPassword => Problems.BadRequest("common_password", "This password is one of those that are tried first. Choose another one."),
        AccountTrouble.WrongPassword => Problems.Forbidden("wrong_password", "This is not your password."),
        AccountTrouble.NameTaken or null => NameTaken(),
        _ => throw new ArgumentOutOfRangeException(nameof(trouble), trouble, null),
    };
}
