using System.Text;
using Microsoft.Net.Http.Headers;

namespace ConnectFour.Web;

/// <summary>JSON is UTF-8 (RFC 8259, 8.1). Of a charset that it does not know, or one in quotes, the framework would make a failure of ours.</summary>
internal sealed class Utf8Only(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsUtf8(context.Request.ContentType)) return next(context);

        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }

    private static bool IsUtf8(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) || type.Charset.Length == 0 || type.Charset.Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase);
}
