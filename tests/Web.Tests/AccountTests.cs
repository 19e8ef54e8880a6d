using System.Net;

namespace ConnectFour.Web.Tests;

/// <summary>Accounts over HTTP.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task Who_registers_is_logged_in_and_can_come_back_by_name_and_password()
    {
        await using var server = await RunningServer.Start();
        using var ann = new Visitor(server);

        var account = await ann.Register("Ann");
        var registered = await ann.Name();
        var out_ = await ann.Send(HttpMethod.Delete, "/api/session");
        var nobody = await ann.Name();
        var back = await ann.LogIn("ANN");

        Assert.Equal("Ann", account.GetProperty("name").GetString());
        Assert.Equal("Ann", registered);
        Assert.Equal(HttpStatusCode.NoContent, out_.StatusCode);
        Assert.Null(nobody);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal("Ann", await ann.Name());
    }
}
