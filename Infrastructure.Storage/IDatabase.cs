using System.Data.Common;
using ConnectFour.Infrastructure.Storage.Schema;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>The database, whichever it is, for whoever reads and writes beside the journal.</summary>
internal interface IDatabase
{
    /// <summary>Reads on a connection of its own, and keeps no thread of the caller's waiting.</summary>
    ValueTask<T> Read<T>(Func<DbConnection, Task<T>> read);

    /// <summary>A context of its own, for whoever is not asked for one by a request.</summary>
    StorageContext Context();
}
