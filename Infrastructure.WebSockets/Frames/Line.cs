using System.IO.Pipelines;

namespace ConnectFour.Infrastructure.WebSockets.Frames;

/// <summary>What a connection runs on: bytes both ways, and a way to cut it.</summary>
internal sealed record Line(PipeReader Input, PipeWriter Output, Action Abort);
