namespace ConnectFour.Web.Tests;

/// <summary>Somebody with an account: a browser that is logged in, and a socket.</summary>
internal sealed record Member(Visitor Visitor, Bot Bot) : IDisposable
{
    public static async Task<Member> Join(RunningServer server, string name, string? colour = null)
    {
        var member = new Member(await Visitor.Of(server, name), new Bot(name));
        if (colour is not null) await member.Visitor.Send(HttpMethod.Patch, "/api/account", new { colour });
        await member.Bot.Join(server, member.Visitor);
        return member;
    }

    public void Dispose()
    {
        Bot.Dispose();
        Visitor.Dispose();
    }
}
