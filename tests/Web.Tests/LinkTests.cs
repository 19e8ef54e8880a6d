using System.Net;

namespace ConnectFour.Web.Tests;

/// <summary>What somebody sees who has the address of an invitation by link.</summary>
public sealed class LinkTests
{
    [Theory]
    [InlineData(253, HttpStatusCode.OK)]
    [InlineData(3_000, HttpStatusCode.BadRequest)]
    public async Task A_code_is_drawn_of_every_address_that_a_host_can_have_and_of_none_that_it_cannot_hold(int letters, HttpStatusCode status)
    {
        await using var server = await RunningServer.Start();
        using var ann = new Bot("Ann");
        await ann.Join(server.Address);
        await ann.Line.Send(new() { ["type"] = "link", ["clock"] = null });
        var key = (string)(await ann.Until(message => (string?)message["type"] == "link"))["key"]!;
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"/api/links/Ann/{key}/qr"));
        request.Headers.TryAddWithoutValidation("Host", new string('h', letters));

        using var answer = await http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }
}
