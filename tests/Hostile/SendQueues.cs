using System.Globalization;
using System.Net;

namespace ConnectFour.Hostile;

/// <summary>What the system keeps of what a server has sent and a client has not taken.</summary>
internal static class SendQueues
{
    private const string Established = "01";

    /// <summary>In bytes, by the address and port of the client.</summary>
    public static Dictionary<IPEndPoint, long> Of(Uri server)
    {
        var local = $"0100007F:{server.Port:X4} ";
        return File.ReadLines("/proc/net/tcp")
            .Where(line => line.Contains(local, StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[1] == local.TrimEnd() && row[3] == Established)
            .ToDictionary(row => Client(row[2]), row => Number(row[4].Split(':')[0]));
    }

    /// <summary>Such as <c>0100007F:1F90</c>, whose address has its last byte first.</summary>
    private static IPEndPoint Client(string row) => new(new IPAddress(Number(row[..8])), (int)Number(row[9..]));

    private static long Number(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
