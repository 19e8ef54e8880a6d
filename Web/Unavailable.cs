using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Web;

/// <summary>While the disk is full, or the database or the lobby away, what needs it is refused as moves and challenges are, and is no fault of the server's.</summary>
internal sealed class Unavailable(RequestDelegate next)
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(30);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception problem) when ((problem is LobbyAwayException or StoreAwayException || StorageTrouble.MayPass(problem)) && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await Problems.Later(context, StatusCodes.Status503ServiceUnavailable, "unavailable", "Nothing can be stored at the moment. Try again later.", ComeBack).ExecuteAsync(context);
        }
    }
}
