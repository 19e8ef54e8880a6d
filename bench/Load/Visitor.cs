using System.Text;

namespace ConnectFour.Bench.Load;

/// <summary>Somebody who comes, and perhaps plays, but does not move: who is in the lobby, or loses their line.</summary>
internal sealed class Visitor(string name) : IDisposable
{
    private BareSocket? _line;
    private TaskCompletionSource _welcome = New(), _game = New();

    public string Name => name;

    /// <summary>Ends when the server has said welcome.</summary>
    public Task Welcome => _welcome.Task;

    /// <summary>Ends when the server has shown a game.</summary>
    public Task Game => _game.Task;

    /// <summary>What proves to the server who somebody is who comes back.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Messages heard so far.</summary>
    public long Messages => _line?.Heard.Messages ?? 0;

    /// <summary>Bytes heard so far.</summary>
    public long Bytes => _line?.Heard.Bytes ?? 0;

    /// <summary>Called with each number of users who are there.</summary>
    public Action<int>? Count { get; init; }

    /// <summary>Comes, or comes back.</summary>
    public async Task Come(Target target)
    {
        (_welcome, _game) = (New(), New());
        _line = await BareSocket.Connect(target.Next, "/ws");
        var listening = _line.Listen(Hear);
        Say(Token == "" ? $$"""{"type":"new_connection","username":"{{name}}"}""" : $$"""{"type":"new_connection","token":"{{Token}}"}""");
        await Task.WhenAny(Welcome, listening);
        if (!Welcome.IsCompleted) throw new IOException($"{name} was not let in.");
    }

    public void Say(string text) => _line!.Say(Encoding.ASCII.GetBytes(text));

    /// <summary>Loses the line.</summary>
    public void Dispose() => _line?.Dispose();

    private void Hear(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("{\"type\":\"user_"u8)) Count?.Invoke(Json.Number(text, "\"online\":"u8));
        else if (text.StartsWith("{\"type\":\"game\""u8)) _game.TrySetResult();
        else if (text.StartsWith("{\"type\":\"invitation\",\"status\":\"received\""u8)) Say($$"""{"type":"accept","opponent":"{{Json.Text(text, "\"from\":\""u8)}}"}""");
        else if (text.StartsWith("{\"type\":\"welcome\""u8))
        {
            Token = Json.Text(text, "\"token\":\""u8);
            _welcome.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
