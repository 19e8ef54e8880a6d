using ConnectFour.Infrastructure.Storage.Schema;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>Why something about an account cannot be done.</summary>
public enum AccountTrouble
{
    BadPassword,
    CommonPassword,
    WrongPassword,
    NameTaken,
}

/// <summary>What an account's owner is told about it.</summary>
/// <param name="Number">Tells it apart for ever, whatever it is called.</param>
public sealed record AccountProfile(long Number, UserName Name, DiscColour? Colour, bool OpenToMore, Tally Tally, DateTimeOffset RegisteredAt)
{
    public Credential Credential => Credential.Of(Number);
}

/// <summary>
/// Accounts: a name, a password, preferences, and the games and the record of the user they belong to. Names and passwords are Identity's;
/// passwords are hashed before a transaction begins, since the games wait for one.
/// </summary>
public sealed class AccountStore
{
    private readonly StorageContext _context;
    private readonly UserManager<Account> _users;
    private readonly Passwords _passwords;
    private readonly TimeProvider _time;

    internal AccountStore(StorageContext context, UserManager<Account> users, Passwords passwords, TimeProvider time) =>
        (_context, _users, _passwords, _time) = (context, users, passwords, time);

    public async Task<AccountProfile?> Find(long number) => await Profile(_context.People.Where(user => user.Number == number));

    public async Task<AccountProfile?> Find(UserName name) => await Profile(_context.People.Where(user => user.Name == name.Text && user.Kind == StoredKind.Account));

    /// <summary>Creates an account, or says why not.</summary>
    /// <param name="guest">Proves that somebody has played as a guest: their games and record become the account's.</param>
    public async Task<(AccountProfile? Account, AccountTrouble? Trouble)> Register(UserName name, string password, Credential? guest)
    {
        if (Trouble(name, password) is { } trouble) return (null, trouble);
        if (await IsTaken(name)) return (null, AccountTrouble.NameTaken); // Before a hash is computed for nothing; what decides is asked below.
        var hash = await _passwords.Hash(password);

        try
        {
            await using var transaction = await _context.Database.BeginTransactionAsync();
            if (await _context.People.AnyAsync(other => other.Name == name.Text && other.Kind == StoredKind.Account)) return (null, AccountTrouble.NameTaken);
            var user = guest is null ? null : await _context.People.SingleOrDefaultAsync(user => user.Credential == guest.Digest && user.Kind == StoredKind.Guest);
            if (user is null) _context.People.Add(user = new UserRow { Name = name.Text });
            (user.Name, user.Kind) = (name.Text, StoredKind.Account);
            await _context.SaveChangesAsync();
            user.Credential = Credential.Of(user.Number).Digest;
            if (guest is not null) await _context.Blocks.Where(block => block.Credential == guest.Digest).ExecuteUpdateAsync(block => block.SetProperty(row => row.Credential, user.Credential));
            var account = new Account { Id = user.Number, UserName = name.Text, PasswordHash = hash, RegisteredAt = _time.GetUtcNow().ToUnixTimeMilliseconds() };
            if (!(await _users.CreateAsync(account)).Succeeded) return (null, AccountTrouble.NameTaken);
            await transaction.CommitAsync();
            return (await Find(user.Number), null);
        }
        catch (DbUpdateException problem) when (StorageTrouble.IsForbidden(problem))
        {
            return (null, AccountTrouble.NameTaken); // Somebody was faster.
        }
    }

    /// <summary>Undoes a registration that nobody has been told of.</summary>
    /// <param name="guest">As it was registered.</param>
    public async Task Withdraw(long number, Credential? guest)
    {
        await using var transaction = await _context.Database.BeginTransactionAsync();
        if (await _users.FindByIdAsync(Id(number)) is { } account) await _users.DeleteAsync(account);
        var user = await _context.People.SingleAsync(user => user.Number == number);
        if (guest is null) _context.People.Remove(user);
        else (user.Kind, user.Credential) = (StoredKind.Guest, guest.Digest);
        await _context.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Who has this name and this password, or null.</summary>
    public async Task<AccountProfile?> Verify(string name, string password)
    {
        var account = Passwords.IsLengthAllowed(password) ? await _users.FindByNameAsync(name) : null;
        var result = await _passwords.Verify(account, password.Length <= Passwords.MaxLength ? password : "");
        if (result == PasswordVerificationResult.Failed) return null;

        if (result == PasswordVerificationResult.SuccessRehashNeeded) await SetPassword(account!, password);
        return await Find(account!.Id);
    }

    public async Task<bool> HasPassword(long number, string password) =>
        await _users.FindByIdAsync(Id(number)) is { } account && await _passwords.Verify(account, password) != PasswordVerificationResult.Failed;

    /// <summary>Sets another password, or says why not.</summary>
    public async Task<AccountTrouble?> ChangePassword(long number, string current, string next)
    {
        if (await _users.FindByIdAsync(Id(number)) is not { } account) return AccountTrouble.WrongPassword;
        if (Trouble(UserName.From(account.UserName!), next) is { } trouble) return trouble;
        if (!await HasPassword(number, current)) return AccountTrouble.WrongPassword;

        await SetPassword(account, next);
        return null;
    }

    /// <summary>False if the name is somebody else's. Upper and lower case of one's own may be changed.</summary>
    public async Task<bool> Rename(long number, UserName name)
    {
        if (await _users.FindByIdAsync(Id(number)) is not { } account) return false;
        if (!string.Equals(account.UserName, name.Text, StringComparison.OrdinalIgnoreCase) && await IsTaken(name)) return false;

        try
        {
            await using var transaction = await _context.Database.BeginTransactionAsync();
            (await _context.People.SingleAsync(user => user.Number == number)).Name = name.Text;
            if (!(await _users.SetUserNameAsync(account, name.Text)).Succeeded) return false;
            await transaction.CommitAsync();
            return true;
        }
        catch (DbUpdateException problem) when (StorageTrouble.IsForbidden(problem))
        {
            return false;
        }
    }

    public async Task Prefer(long number, DiscColour? colour, bool openToMore)
    {
        var user = await _context.People.SingleAsync(user => user.Number == number);
        (user.Colour, user.OpenToMore) = ((int?)colour, openToMore);
        await _context.SaveChangesAsync();
    }

    /// <summary>Deletes the account with its sessions. The games stay, under a name that nobody can have.</summary>
    public async Task Delete(long number)
    {
        await using var transaction = await _context.Database.BeginTransactionAsync();
        var user = await _context.People.SingleAsync(user => user.Number == number);
        (user.Name, user.Kind, user.Credential, user.Colour) = (UserRow.DeletedName, StoredKind.Deleted, null, null);
        await _context.SaveChangesAsync();
        await _context.Blocks.Where(block => block.User == number).ExecuteDeleteAsync();
        if (await _users.FindByIdAsync(Id(number)) is { } account) await _users.DeleteAsync(account);
        await transaction.CommitAsync();
    }

    private static string Id(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<bool> IsTaken(UserName name) => await _users.FindByNameAsync(name.Text) is not null;

    private static AccountTrouble? Trouble(UserName name, string? password) =>
        !Passwords.IsLengthAllowed(password) ? AccountTrouble.BadPassword
        : Passwords.IsCommon(password!, name.Text) ? AccountTrouble.CommonPassword
        : null;

    private async Task SetPassword(Account account, string password)
    {
        account.PasswordHash = await _passwords.Hash(password);
        await _users.UpdateSecurityStampAsync(account);
    }

    private async Task<AccountProfile?> Profile(IQueryable<UserRow> users)
    {
        var found = await users.Join(_context.Users, user => user.Number, account => account.Id, (user, account) => new { user, account.RegisteredAt })
            .AsNoTracking().SingleOrDefaultAsync();
        return found is null ? null : new AccountProfile(
            found.user.Number, UserName.From(found.user.Name), (DiscColour?)found.user.Colour, found.user.OpenToMore,
            new Tally(found.user.Wins, found.user.Losses, found.user.Draws), DateTimeOffset.FromUnixTimeMilliseconds(found.RegisteredAt));
    }
}
