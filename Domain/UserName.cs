using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ConnectFour.Domain;

/// <summary>
/// 2 to 20 of <c>A-Z a-z 0-9 _ -</c>, first a letter, last a letter or digit, no two separators in a row, and not reserved. Two names that differ only in case are equal.
/// </summary>
public sealed partial record UserName : IComparable<UserName>
{
    public const int MinLength = 2;
    public const int MaxLength = 20;

    /// <summary>Names that a stranger could use to pass for the server or its people, and some that mean something in JavaScript, lest a front end or a bot keeps its users in an object.</summary>
    public static FrozenSet<string> Reserved { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "admin", "administrator", "anonymous", "connect-four", "connect4", "connectfour", "constructor", "deleted", "guest", "hasOwnProperty", "help", "host", "isPrototypeOf", "lobby",
        "me", "mod", "moderator", "nobody", "null", "official", "operator", "owner", "prototype", "root", "server", "staff", "support", "system", "toString", "undefined", "valueOf", "you");

    /// <summary>Stands for everybody whose account was deleted, in the games that stay. It is reserved, so nobody has it.</summary>
    public static UserName Deleted { get; } = new("deleted");

    private UserName(string text) => Text = text;

    /// <summary>The name as its user wrote it.</summary>
    public string Text { get; }

    /// <summary>Whether somebody may have that name from now on.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => IsName(text) && !Reserved.Contains(text);

    /// <summary>A name that was valid when it was taken: it may have been reserved since.</summary>
    /// <exception cref="FormatException">The text is no name.</exception>
    public static UserName From(string text) => TryFromTaken(text, out var name) ? name : throw new FormatException("Not a valid user name.");

    public static bool TryFrom(string? text, [NotNullWhen(true)] out UserName? name)
    {
        name = IsValid(text) ? new UserName(text) : null;
        return name is not null;
    }

    /// <summary>The same for a name that somebody may have had before it was reserved.</summary>
    public static bool TryFromTaken(string? text, [NotNullWhen(true)] out UserName? name)
    {
        name = IsName(text) ? new UserName(text) : null;
        return name is not null;
    }

    private static bool IsName([NotNullWhen(true)] string? text) => text?.Length is >= MinLength and <= MaxLength && Shape().IsMatch(text);

    public bool Equals(UserName? other) => string.Equals(Text, other?.Text, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    public int CompareTo(UserName? other) => StringComparer.OrdinalIgnoreCase.Compare(Text, other?.Text);

    public override string ToString() => Text;

    public static bool operator <(UserName left, UserName right) => left.CompareTo(right) < 0;
    public static bool operator >(UserName left, UserName right) => left.CompareTo(right) > 0;
    public static bool operator <=(UserName left, UserName right) => left.CompareTo(right) <= 0;
    public static bool operator >=(UserName left, UserName right) => left.CompareTo(right) >= 0;

    // \z, not $: the latter would let a final line feed pass.
    [GeneratedRegex(@"\A[A-Za-z](?:[_-]?[A-Za-z0-9])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
