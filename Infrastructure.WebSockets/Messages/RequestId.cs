using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>What a client calls its question: a string of 1 to 32 characters or a non-negative integer below 2^53, which every client can hold exactly.</summary>
[JsonConverter(typeof(RequestIdConverter))]
internal readonly record struct RequestId
{
    private const int LongestText = 32;
    private const long LargestNumber = (1L << 53) - 1;

    private RequestId(string? text, long number) => (Text, Number) = (text, number);

    public string? Text { get; }

    /// <summary>Meaningful when there is no <see cref="Text"/>.</summary>
    public long Number { get; }

    /// <summary>The id that the element holds, or null.</summary>
    public static RequestId? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String when element.GetString() is { Length: >= 1 and <= LongestText } text => new(text, 0),
        JsonValueKind.Number when element.TryGetInt64(out var number) && number is >= 0 and <= LargestNumber => new(null, number),
        _ => null,
    };
}

internal sealed class RequestIdConverter : JsonConverter<RequestId>
{
    public override RequestId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return RequestId.Of(document.RootElement) ?? throw new JsonException("Not a request id.");
    }

    public override void Write(Utf8JsonWriter writer, RequestId value, JsonSerializerOptions options)
    {
        if (value.Text is { } text) writer.WriteStringValue(text);
        else writer.WriteNumberValue(value.Number);
    }
}
