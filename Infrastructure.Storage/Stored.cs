using ConnectFour.Infrastructure.Storage.Schema;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>The domain's small sets as they are stored.</summary>
internal static class Stored
{
    public static StoredBalance Of(Balance balance) => balance switch
    {
        Balance.None => StoredBalance.None,
        Balance.Swap => StoredBalance.Swap,
        Balance.Pair => StoredBalance.Pair,
        Balance.Return => StoredBalance.Return,
    };

    public static StoredKind Of(UserKind kind) => kind switch
    {
        UserKind.Guest => StoredKind.Guest,
        UserKind.Account => StoredKind.Account,
        UserKind.Bot => StoredKind.Bot,
    };
}
