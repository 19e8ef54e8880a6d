using System.Threading.RateLimiting;
using ConnectFour.Infrastructure.Redis;
using ConnectFour.Infrastructure.WebSockets;
using ConnectFour.Web.Accounts;
using Microsoft.AspNetCore.RateLimiting;

namespace ConnectFour.Web;

/// <summary>How often one address may ask for what costs much.</summary>
internal static class Limits
{
    /// <summary>Whatever looks at a password.</summary>
    public const string Passwords = "passwords";

    public static void AddLimits(this IServiceCollection services, AccountSettings settings) => services.AddRateLimiter(limiter =>
    {
        var window = new FixedWindowRateLimiterOptions { PermitLimit = settings.AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) };
        limiter.AddPolicy(Passwords, context => context.RequestServices.GetService<SharedCounters>() is { } shared
            ? RateLimitPartition.Get(ClientAddress.Of(context), address => shared.Window($"{Passwords}:{address}", window))
            : RateLimitPartition.GetFixedWindowLimiter(ClientAddress.Of(context), _ => window));
        limiter.OnRejected = Refuse;
    });

    private static async ValueTask Refuse(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        rejected.HttpContext.RequestServices.GetRequiredService<PasswordRefusals>().Refuse(PasswordRefusals.PerAddress);
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        await Problems.Later(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "too_many_attempts", "Too many attempts from your address: wait a moment.", wait)
            .ExecuteAsync(rejected.HttpContext);
    }
}
