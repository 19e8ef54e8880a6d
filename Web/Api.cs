using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectFour.Web.Accounts;
using ConnectFour.Web.Replays;
using ConnectFour.Web.Truth;
using Scalar.AspNetCore;

namespace ConnectFour.Web;

/// <summary>The HTTP API under <c>/api</c>: JSON in, JSON or problem details out. docs/api.md explains it; in development <c>/api/docs</c> lets one try it.</summary>
internal static class Api
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Problems.Complete(context.ProblemDetails));
        services.AddOpenApi(options => options.ShouldInclude = route => route.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

        // As strict as the protocol: what is not understood is refused, so that nobody believes that it was.
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
            options.SerializerOptions.PropertyNameCaseInsensitive = false;
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            options.SerializerOptions.MaxDepth = 32; // No request is deeper than 2, but the description of the API is written with these options too.
        });
    }

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api").AddEndpointFilter<SameOrigin>();
        api.MapSessions();
        api.MapAccounts();
        api.MapUsers();
        api.MapReplays();
        api.MapLinks();
        api.MapTruth();
        api.MapPuzzles();
    }

    /// <summary>The API described for programs, and a page to try it on. Its scripts are not ours, so it is for development only.</summary>
    public static void MapApiDocs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/api/openapi.json");
        endpoints.MapScalarApiReference("/api/docs", options => options.WithOpenApiRoutePattern("/api/openapi.json").DisableDefaultFonts());
    }
}
