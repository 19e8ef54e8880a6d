namespace ConnectFour.Domain;

/// <summary>Names one game for ever. Opaque: whoever starts a game makes it unique.</summary>
public sealed record GameId(string Value)
{
    public override string ToString() => Value;
}
