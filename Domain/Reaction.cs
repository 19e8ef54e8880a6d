namespace ConnectFour.Domain;

/// <summary>All that can be said in a game. There is no free text, so nothing has to be moderated.</summary>
public enum Reaction
{
    Hello,
    GoodLuck,
    Nice,
    Oops,
    Thanks,
    GoodGame,
}
