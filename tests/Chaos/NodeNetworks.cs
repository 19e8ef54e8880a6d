namespace ConnectFour.Chaos;

/// <summary>What lies between one node and everybody it speaks with.</summary>
internal sealed record NodeNetworks(FaultProxy Clients, FaultProxy Redis, FaultProxy Postgres)
{
    public FaultProxy this[Party party] => party switch
    {
        Party.Clients => Clients,
        Party.Redis => Redis,
        Party.Postgres => Postgres,
    };

    public IEnumerable<FaultProxy> All => [Clients, Redis, Postgres];
}
