using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Domain;
using ConnectFour.Web.Replays;
using QRCoder;

namespace ConnectFour.Web;

/// <param name="ExpiresIn">Milliseconds.</param>
internal sealed record LinkAnswer(string From, ClockAnswer? Clock, bool Swap, bool Pair, long ExpiresIn);

/// <summary><c>/api/links</c>: what somebody sees of an invitation by link before they take it up. Only who has its key sees anything.</summary>
internal static class LinkApi
{
    /// <summary>Pixels of one module of the code, so that it can be scanned from a screen.</summary>
    private const int ModuleSize = 8;

    /// <summary>Far longer than any host's, and shorter than what a code can hold: who asks says what our host is called.</summary>
    private const int LongestAddress = 2_000;

    public static void MapLinks(this RouteGroupBuilder api)
    {
        api.MapGet("/links/{name}/{key}", Find).WithSummary("Who invites by this link, and to what.").Produces<LinkAnswer>().ProducesProblem(404);
        api.MapGet("/links/{name}/{key}/qr", Draw).WithSummary("The address of the link as a QR code.").Produces<string>(200, "image/svg+xml").ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> Find(string name, string key, ILobby lobby, ServerTime time) => await Link(name, key, lobby, time) is var (host, link)
        ? Results.Json(new LinkAnswer(host.Name.Text, ClockAnswer.Of(link.Terms.Control), link.Terms.Balance == Balance.Swap, link.Terms.Balance == Balance.Pair, (long)(link.ExpiresAt - time.Now).TotalMilliseconds))
        : Problems.NotFound("invitation");

    private static async Task<IResult> Draw(string name, string key, HttpRequest request, ILobby lobby, ServerTime time)
    {
        if (await Link(name, key, lobby, time) is not var (host, link)) return Problems.NotFound("invitation");

        var address = $"{request.Scheme}://{request.Host}{request.PathBase}/join/{host.Name}/{link.Key}";
        if (address.Length > LongestAddress) return Problems.BadRequest("bad_request", "No code can hold such an address.");

        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return Results.Text(code.GetGraphic(ModuleSize), "image/svg+xml");
    }

    private static async ValueTask<(User Host, Link Link)?> Link(string name, string key, ILobby lobby, ServerTime time) =>
        UserName.TryFrom(name, out var known) && await lobby.Find(known) is { IsHere: true, Link: { } link } host && link.Key == key && link.ExpiresAt > time.Now ? (host, link) : null;
}
