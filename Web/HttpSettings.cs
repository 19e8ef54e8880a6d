using System.ComponentModel.DataAnnotations;

namespace ConnectFour.Web;

/// <summary>What requests, and lines that carry none, may use up. Each is a setting under <c>ConnectFour:Http</c>.</summary>
public sealed class HttpSettings
{
    /// <summary>Bytes of a request's headers together: a browser with our cookie sends some hundred.</summary>
    [Range(2_048, 1_048_576)]
    public int HeaderBytes { get; set; } = 16_384;

    /// <summary>How long a new line may stay silent, and how long the head of a request may take: whoever has something to ask says so at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan HeadPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Lines of one address that are no WebSockets: a class behind one router, with six for each browser.</summary>
    [Range(1, 1_000_000)]
    public int LinesPerAddress { get; set; } = 500;

    /// <summary>Such lines in all.</summary>
    [Range(1, 1_000_000)]
    public int Lines { get; set; } = 20_000;
}
