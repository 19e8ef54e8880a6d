using System.IO.Compression;

namespace ConnectFour.Web.Site;

/// <summary>Something that a page loads, as it is and compressed; each is made once.</summary>
internal sealed class Asset(byte[] bytes, string contentType)
{
    private readonly Lazy<byte[]> _brotli = new(() => Compressed(bytes, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
    private readonly Lazy<byte[]> _gzip = new(() => Compressed(bytes, to => new GZipStream(to, CompressionLevel.SmallestSize)));

    public string ContentType => contentType;

    /// <summary>Pictures are compressed already.</summary>
    private bool IsText => !contentType.StartsWith("image/png", StringComparison.Ordinal);

    /// <summary>The bytes in the best encoding that the browser takes, and the name of that; null for the bytes as they are.</summary>
    public (byte[] Bytes, string? Encoding) For(HttpRequest request)
    {
        var accepted = request.Headers.AcceptEncoding.ToString();
        return !IsText ? (bytes, null)
            : accepted.Contains("br", StringComparison.Ordinal) ? (_brotli.Value, "br")
            : accepted.Contains("gzip", StringComparison.Ordinal) ? (_gzip.Value, "gzip")
            : (bytes, null);
    }

    /// <summary>Compresses before anybody asks, so that nobody waits for it.</summary>
    public void Prepare()
    {
        if (IsText) _ = _brotli.Value;
    }

    private static byte[] Compressed(byte[] bytes, Func<Stream, Stream> compressor)
    {
        using var to = new MemoryStream();
        using (var stream = compressor(to)) stream.Write(bytes);
        return to.ToArray();
    }
}
