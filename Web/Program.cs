using System.Net.Sockets;
using ConnectFour.Application;
using ConnectFour.Application.Ports;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Web;

const int CannotStart = 2;
const int MayPass = 3;

// It has no exception of its own for an address that it cannot serve, such as HTTPS without a certificate.
const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel.Core";

WebApplication? app = null;
try
{
    if (Verbs.Run(args, Console.Out) is { } code) return code;
    app = Server.Build(args);
    await app.StartAsync();
}
catch (Exception problem) when (problem is SettingsException or StorageException or InvalidDataException or FormatException or IOException or SocketException || problem.Source == Kestrel)
{
    // A setting, a settings file, an address or a folder that cannot be used: whoever started the program can mend it, and a stack trace would not help them.
    var where = problem is SocketException ? $" ({app?.Configuration["Urls"]})" : "";
    Console.Error.WriteLine(problem.Message.ReplaceLineEndings(" ") + where);
    return problem is StorageException { MayPass: true } or NoRoomException or LobbyAwayException or StoreAwayException ? MayPass : CannotStart;
}
catch (OperationCanceledException)
{
    return 0; // Told to stop before it had begun.
}

await using var running = app;
await running.WaitForShutdownAsync();
return running.Services.GetRequiredService<StorageHealth>().Failed.IsCompleted ? MayPass : 0;
