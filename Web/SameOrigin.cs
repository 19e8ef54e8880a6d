namespace ConnectFour.Web;

/// <summary>
/// What changes something must come from our own pages. A browser says where a request comes from, and another site's page can neither hide that nor send JSON unasked;
/// a program that is no browser says nothing, and has no cookie that it could misuse.
/// </summary>
internal sealed class SameOrigin : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return next(context);
        if (!IsOwn(request)) return new(Problems.Forbidden("foreign_origin", "This request comes from another site."));
        if (request.ContentLength is > 0 && !request.HasJsonContentType()) return new(Problems.Problem(StatusCodes.Status415UnsupportedMediaType, "not_json", "Send JSON."));
        return next(context);
    }

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [var site] && site is not ("same-origin" or "none")) return false;
        return request.Headers.Origin is [] || (request.Headers.Origin is [var origin]
            && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.GetLeftPart(UriPartial.Authority), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
    }
}
