using System.Globalization;

namespace ConnectFour.Hostile;

/// <summary>What the operators of a server see of it.</summary>
internal sealed class Gauges
{
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort.Find()}");

    /// <summary>What the server has to be started with.</summary>
    public string[] Setting => ["--ConnectFour:Operations:Url", _address.OriginalString];

    /// <summary>The sum of a metric's series, of those that have a label if one is named; 0 if there is none.</summary>
    public async Task<double> Read(string name, string label = "")
    {
        using var http = new HttpClient { BaseAddress = _address };
        var rows = (await http.GetStringAsync("/metrics")).Split('\n');
        return rows
            .Where(row => (row.StartsWith(name + " ", StringComparison.Ordinal) || row.StartsWith(name + "{", StringComparison.Ordinal)) && row.Contains(label, StringComparison.Ordinal))
            .Sum(row => double.Parse(row[(row.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[row.Contains('}', StringComparison.Ordinal) ? 0 : 1], CultureInfo.InvariantCulture));
    }
}
