using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectFour.TestKit;

/// <summary>Makes something else of what would be valid: a field at a time, or without regard to what the bytes mean.</summary>
public sealed class Distortion(Random random)
{
    private const string Place = "#here#";

    private static readonly string[] OddValues =
    [
        "null", "true", "false", "[]", "{}", "[null]", "[{}]", "{\"a\":1}", "\"\"", "\" \"",
        "-1", "-0", "0", "1", "3.0", "3.5", "1e0", "1e400", "8", "41", "42", "255", "10801", "2147483647", "2147483648", "-2147483649", "9007199254740991", "9007199254740992",
        "9223372036854775808", "123456789012345678901234567890", "01", "+1", "0x1", "NaN", "Infinity", "nul", "\"3\"", "\"null\"", "\"true\"", "'a'",
        "\"__proto__\"", "\"constructor\"", "\"toString\"", "\"hasOwnProperty\"", "\"prototype\"", "{\"__proto__\":{\"isAdmin\":true}}", "{\"constructor\":{\"prototype\":{}}}",
        "\"admin\"", "\"\\u0000\"", "\"a\\r\\nb\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\"", "\"\\u200b\"", "\"\u00e9\\u0301\"", "\"\U0001F534\"", "\"\uFEFF\"", "\"\t\"",
        "\"<script>alert(1)</script>\"", "\"\\\" onmouseover=\\\"\"", "\"javascript:1\"", "\"{{7*7}}\"", "\"' OR 1=1 --\"", "\"../../etc/passwd\"", "\"%00\"", "\"ANN\"", "\"0123456789abcdef0123456789abcdef0\"",
    ];

    private static readonly string[] UnknownFields =
    [
        "\"isAdmin\":true", "\"wins\":99", "\"user\":\"Ann\"", "\"player\":0", "\"from\":\"Ann\"", "\"name\":\"Ann\"", "\"kind\":\"bot\"", "\"__proto__\":{}", "\"constructor\":null", "\"$type\":\"System.Object\"",
        "\"$ref\":\"1\"", "\"$id\":\"1\"", "\"\":1", "\"re\":1", "\"Type\":\"ping\"", "\"id\":7", "\"type\":\"ping\"", "\"\\u0069d\":8", "\"\\ud800\":1",
    ];

    /// <summary>One field, at whatever depth, is missing, of another kind, out of range, there twice, otherwise spelt, or in bad company.</summary>
    public byte[] OfField(JsonObject message)
    {
        var copy = message.DeepClone();
        var (parent, name, index) = Pick([.. Places(copy)]);
        if (name is not null && random.Next(9) == 0)
        {
            parent.AsObject().Remove(name);
            return Encoding.UTF8.GetBytes(copy.ToJsonString());
        }

        var value = (name is null ? parent[index] : parent[name])?.ToJsonString() ?? "null";
        if (name is null) parent[index] = Place;
        else parent[name] = Place;
        var written = name is null ? $"\"{Place}\"" : $"{JsonSerializer.Serialize(name)}:\"{Place}\"";
        return Encoding.UTF8.GetBytes(copy.ToJsonString().Replace(written, name is null ? OddValue() : Field(name, value), StringComparison.Ordinal));
    }

    /// <summary>Some bytes are other ones, gone, added, or those of another message.</summary>
    public byte[] OfBytes(byte[] message, byte[] other)
    {
        var bytes = message.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var (at, length) = (random.Next(bytes.Count + 1), random.Next(1, 9));
            var rest = Math.Min(length, bytes.Count - at);
            switch (random.Next(8))
            {
                case 0 when rest > 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when rest > 0:
                    bytes[at] = Any();
                    break;
                case 2:
                    bytes.InsertRange(at, Enumerable.Range(0, length).Select(_ => Any()));
                    break;
                case 3:
                    bytes.RemoveRange(at, rest);
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes.InsertRange(at, bytes.GetRange(at, rest));
                    break;
                case 6:
                    bytes.AddRange(other);
                    break;
                default:
                    bytes = [.. bytes[..at], .. other[random.Next(other.Length)..]];
                    break;
            }
        }
        return [.. bytes];
    }

    public string OddValue() => random.Next(20) switch
    {
        0 => Nested(random.Next(5, 12)),
        1 => Nested(random.Next(12, 2_000)),
        2 => $"\"{new string('a', random.Next(20, 4_000))}\"",
        3 => $"\"{new string('a', random.Next(4_000, 9_000))}\"",
        _ => Pick(OddValues),
    };

    private string Field(string name, string value) => random.Next(8) switch
    {
        0 => $"\"{name}\":{value},\"{name}\":{value}",
        1 => $"\"{name}\":{OddValue()},\"{name}\":{value}",
        2 => $"\"{(random.Next(2) == 0 ? name.ToUpperInvariant() : char.ToUpperInvariant(name[0]) + name[1..])}\":{value}",
        3 => $"\"{name}\":{value},{Pick(UnknownFields)}",
        4 => $"\"\\u{(int)name[0]:x4}{name[1..]}\":{value}",
        _ => $"\"{name}\":{OddValue()}",
    };

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Places(field.Value).Prepend((fields, field.Key, 0))),
        JsonArray elements => elements.SelectMany((element, index) => Places(element).Prepend((elements, null, index))),
        _ => [],
    };

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private byte Any() => (byte)random.Next(256);

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
