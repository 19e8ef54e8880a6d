using System.Buffers.Text;
using System.Text;

namespace ConnectFour.Bench.Load;

/// <summary>Finds a field in a message without reading it: a generator has no time for more.</summary>
internal static class Json
{
    /// <returns>The number after the field's name, or -1.</returns>
    public static int Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> field)
    {
        var at = text.IndexOf(field);
        return at >= 0 && Utf8Parser.TryParse(text[(at + field.Length)..], out int number, out _) ? number : -1;
    }

    /// <returns>The string after the field's name and its first quotation mark; empty if there is none.</returns>
    public static string Text(ReadOnlySpan<byte> text, ReadOnlySpan<byte> field)
    {
        var at = text.IndexOf(field);
        if (at < 0) return "";
        var value = text[(at + field.Length)..];
        return Encoding.ASCII.GetString(value[..value.IndexOf((byte)'"')]);
    }
}
