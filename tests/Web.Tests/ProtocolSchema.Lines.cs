namespace ConnectFour.Web.Tests;

internal static partial class ProtocolSchema
{
    /// <summary>Everything said on a line is as the schema says. The client's share is left out where a test says what is wrong on purpose.</summary>
    public static void Holds(Line line)
    {
        Assert.All(line.Sent, message => Assert.True(IsFromClient(message), message.ToJsonString()));
        Assert.All(line.Received, message => Assert.True(IsFromServer(message), message.ToJsonString()));
    }
}
