using System.Text.Json;

namespace ConnectFour.Infrastructure.WebSockets.Messages;

/// <summary>What the bytes of a message turned out to be: a message, or an error code. The id is known in both cases if there was a valid one.</summary>
internal readonly record struct Reading(ClientMessage? Message, string? Error, RequestId? Id);

/// <summary>From bytes to messages; what is not one is named, never guessed at.</summary>
internal static class MessageReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = WireJson.MaxDepth };

    public static Reading Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new(null, ErrorCodes.BadJson, null);
        }
    }

    private static Reading Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return new(null, ErrorCodes.BadMessage, null);

        RequestId? id = null;
        try
        {
            id = IdOf(root);
            if (!root.TryGetProperty("type"u8, out var type) || type.ValueKind != JsonValueKind.String) return new(null, ErrorCodes.UnknownType, id);
            if (!ClientMessage.Types.TryGetValue(type.GetString()!, out var contract)) return new(null, ErrorCodes.UnknownType, id);

            var message = (ClientMessage?)root.Deserialize(contract);
            return message is null ? new(null, ErrorCodes.BadMessage, id) : new(message, null, message.Id);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that holds half a surrogate pair cannot be read as text.
            return new(null, ErrorCodes.BadMessage, id);
        }
    }

    /// <summary>The id, if there is a valid one, whatever stands beside it.</summary>
    private static RequestId? IdOf(JsonElement root)
    {
        RequestId? id = null;
        foreach (var field in root.EnumerateObject())
            if (IsId(field)) id = RequestId.Of(field.Value);
        return id;
    }

    private static bool IsId(JsonProperty field)
    {
        try
        {
            return field.NameEquals("id"u8);
        }
        catch (InvalidOperationException)
        {
            return false; // A name that holds half a surrogate pair.
        }
    }
}
