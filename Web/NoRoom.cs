using ConnectFour.Infrastructure.Storage;

namespace ConnectFour.Web;

/// <summary>While the disk is full or the database away, what would have to be stored is refused as moves are, and is no fault of the server's.</summary>
internal sealed class NoRoom : IEndpointFilter
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(30);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception problem) when (StorageTrouble.MayPass(problem))
        {
            return Problems.Later(context.HttpContext, StatusCodes.Status503ServiceUnavailable, "unavailable", "Nothing can be stored at the moment. Try again later.", ComeBack);
        }
    }
}
