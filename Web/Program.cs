using System.Net.Sockets;
using ConnectFour.Infrastructure.Storage;
using ConnectFour.Web;

const int CannotStart = 2;
const int DiskFailed = 3;

WebApplication app;
try
{
    if (Verbs.Run(args, Console.Out) is { } code) return code;
    app = Server.Build(args);
    await app.StartAsync();
}
catch (Exception problem) when (problem is SettingsException or StorageException or InvalidDataException or FormatException or IOException or SocketException)
{
    // A setting, a settings file, an address or a folder that cannot be used: whoever started the program can mend it, and a stack trace would not help them.
    Console.Error.WriteLine(problem.Message.ReplaceLineEndings(" "));
    return CannotStart;
}

await using var running = app;
await running.WaitForShutdownAsync();
return running.Services.GetRequiredService<StorageHealth>().Failed.IsCompleted ? DiskFailed : 0;
