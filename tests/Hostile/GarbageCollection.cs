using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ConnectFour.Hostile;

/// <summary>
/// Makes a process of .NET collect its garbage, by its diagnostic port: a server with so little to do would not for half an hour, and what is only not yet collected would pass for a leak, or for
/// what an attack has left behind.
/// https://github.com/dotnet/diagnostics/blob/main/documentation/design-docs/ipc-protocol.md
/// </summary>
internal static class GarbageCollection
{
    private const byte EventPipe = 2;
    private const byte StopTracing = 1;
    private const byte CollectTracing = 2;
    private const int Header = 20;

    /// <summary>A session that listens to this begins with a collection of everything.</summary>
    private const ulong Collection = 0x800000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task Of(int process)
    {
        // Processes that were killed have left theirs behind, and numbers come again.
        var port = Directory.GetFiles(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{process}-*-socket")).MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new InvalidOperationException($"Process {process} has no diagnostic port.");
        using var patience = new CancellationTokenSource(Patience);
        using var session = await Ask(port, CollectTracing, Session(), patience.Token);
        var answer = new byte[Header + sizeof(ulong)];
        await session.ReceiveAsync(answer, patience.Token);

        using var stop = await Ask(port, StopTracing, answer[Header..], patience.Token);
        var rest = new byte[16_384];
        while (await session.ReceiveAsync(rest, patience.Token) > 0)
        {
            // What it tells is of no interest; it has collected before it has said everything.
        }
    }

    private static async Task<Socket> Ask(string port, byte command, byte[] payload, CancellationToken patience)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(port), patience);
        var size = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)(Header + payload.Length));
        await socket.SendAsync((byte[])[.. "DOTNET_IPC_V1\0"u8, .. size, EventPipe, command, 0, 0, .. payload], patience);
        return socket;
    }

    /// <summary>16 MB, in the format of .NET Core 3, of one provider, what tells of collections, at the level of information, without arguments.</summary>
    private static byte[] Session()
    {
        const string Runtime = "Microsoft-Windows-DotNETRuntime\0";
        return [.. Number(16), .. Number(1), .. Number(1), .. BitConverter.GetBytes(Collection), .. Number(4), .. Number((uint)Runtime.Length), .. Encoding.Unicode.GetBytes(Runtime), .. Number(0)];
    }

    private static byte[] Number(uint value) => BitConverter.GetBytes(value);
}
