using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Web;

/// <summary>While the disk is full, or the lobby away, what would have to be stored is refused as moves and challenges are, and is no fault of the server's.</summary>
internal sealed class NoRoom : IEndpointFilter
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(30);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception problem) when (problem is LobbyAwayException || FullDisk.IsWhy(problem))
        {
            return Problems.Later(context.HttpContext, StatusCodes.Status503ServiceUnavailable, "unavailable", "Nothing can be stored at the moment. Try again later.", ComeBack);
        }
    }
}
