using System.ComponentModel.DataAnnotations;

namespace ConnectFour.Web.Operations;

/// <summary>What whoever runs the server can see of it. Each is a setting under <c>ConnectFour:Operations</c>.</summary>
public sealed class OperationsSettings
{
    /// <summary>Where metrics and health are shown besides, such as <c>http://127.0.0.1:9464</c>; nowhere if it is empty. It is not for the internet.</summary>
    public string Url { get; set; } = "";

    /// <summary>The share of requests and messages that are traced, if traces are exported at all: most are alike.</summary>
    [Range(0.0, 1.0)]
    public double TracedShare { get; set; } = 0.01;
}
