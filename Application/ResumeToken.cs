using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ConnectFour.Application.Ports;

namespace ConnectFour.Application;

/// <summary>
/// What a guest shows to be the same user again, written <c>name.secret</c>. It carries the name so that it still serves as an introduction
/// when the server has forgotten the user: then the first to show up with a name gets it, as with a name alone.
/// </summary>
public sealed record ResumeToken
{
    private const int SecretBytes = 16;
    private const int SecretLength = 22;

    private readonly string _secret;

    private ResumeToken(UserName name, string secret) => (Name, _secret) = (name, secret);

    public UserName Name { get; }

    /// <summary>
    /// The lobby keeps a digest only: whoever reads its memory or its database learns no token. The name is in it, or one secret under two names would make two users
    /// with one record and one set of games.
    /// </summary>
    public Credential Credential => new(Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes($"{Name.Text.ToUpperInvariant()}.{_secret}"))));

    public static ResumeToken New(UserName name, IRandomness randomness)
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        randomness.Fill(secret);
        return new ResumeToken(name, Base64Url.EncodeToString(secret));
    }

    public static bool TryFrom(string? text, [NotNullWhen(true)] out ResumeToken? token)
    {
        token = null;
        if (text?.Split('.') is not [var name, { Length: SecretLength } secret]) return false;
        if (!UserName.TryFrom(name, out var user) || !secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return false;
        token = new ResumeToken(user, secret);
        return true;
    }

    public override string ToString() => $"{Name}.{_secret}";
}
