using System.Text;
using System.Text.Json;

namespace ConnectFour.Infrastructure.WebSockets.Tests;

/// <summary>One connection that says bytes, and can tell how many answers they had.</summary>
internal sealed class Speaker
{
    /// <summary>The one question whose answer shows that everything before it was answered.</summary>
    private const string Last = "that was all";

    private static readonly byte[] Question = Encoding.UTF8.GetBytes($$"""{"type":"ping","id":"{{Last}}"}""");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Task _served;

    private Speaker(FarEnd farEnd, Task served) => (FarEnd, _served) = (farEnd, served);

    public sealed record Answer(string Type, object? Re, string? Code, string? Name, string? Token);

    public FarEnd FarEnd { get; }

    /// <summary>Whose connection it is, or null before anybody's.</summary>
    public string? Name { get; set; }

    public static Speaker Of(AdapterUnderTest adapter)
    {
        var farEnd = new FarEnd();
        return new Speaker(farEnd, adapter.Get<Door>().Serve(farEnd.Line));
    }

    /// <summary>Says the bytes, now and then in pieces.</summary>
    /// <returns>What they were answered with, or null if the connection was ended.</returns>
    public async Task<List<Answer>?> Ask(byte[] bytes, Random random, Action<byte[]> hear)
    {
        Put(bytes, random);
        FarEnd.Put(Question);
        var answers = new List<Answer>();
        try
        {
            while (true)
            {
                var heard = FarEnd.Sent.TryRead(out var one) ? one : await FarEnd.Sent.ReadAsync().AsTask().WaitAsync(Patience);
                hear(heard);
                if (AnswerOf(heard) is not { } answer) continue;
                if (answer.Re is Last) return answers;
                answers.Add(answer);
            }
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            return null;
        }
    }

    public Task Ended() => _served.WaitAsync(Patience);

    /// <summary>A valid id, or null: a string of 1 to 32 characters or a non-negative integer below 2^53.</summary>
    public static object? Id(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String when element.GetString() is { Length: >= 1 and <= 32 } text => text,
                JsonValueKind.Number when element.TryGetInt64(out var number) && number is >= 0 and < 1L << 53 => number,
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair.
        }
    }

    private void Put(byte[] bytes, Random random)
    {
        // No piece is larger than what is left of the server's buffer, as with a real socket; when that is full, the connection ends.
        var rest = bytes.AsSpan(0, Math.Min(bytes.Length, FuzzedClients.Limits.MessageBytes + 1));
        do
        {
            var length = random.Next(10) == 0 ? random.Next(rest.Length + 1) : rest.Length;
            FarEnd.Put(rest[..length].ToArray(), isLast: length == rest.Length);
            rest = rest[length..];
        }
        while (rest.Length > 0);
    }

    private static Answer? AnswerOf(byte[] utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        var message = document.RootElement;
        if (message.GetProperty("type").GetString() is not ("ok" or "welcome" or "pong" or "error") and var type) return null;
        return new Answer(message.GetProperty("type").GetString()!, message.TryGetProperty("re", out var re) ? Id(re) : null, Text(message, "code"), Text(message, "name"), Text(message, "token"));
    }

    private static string? Text(JsonElement message, string field) => message.TryGetProperty(field, out var value) ? value.GetString() : null;
}
