namespace ConnectFour.Domain;

/// <summary>What two players agree upon before a game. The default is a game without clocks in which nothing is taken over.</summary>
/// <param name="Control">The clocks, or null for none.</param>
/// <param name="Balance">What is done about the advantage of moving first.</param>
public readonly record struct Terms(TimeControl? Control, Balance Balance = Balance.None)
{
    /// <summary>The discs that lie on the board as the game begins; nobody played them. Empty but in a pair, where it is known once the first of the two games begins.</summary>
    public Notation Opening { get; init; }

    /// <summary>The terms of a rematch: the first game of a pair is followed by the second, from the same opening, and the second by a new pair.</summary>
    public Terms Again() => Balance switch
    {
        Balance.None or Balance.Swap => this,
        Balance.Pair => this with { Balance = Balance.Return },
        Balance.Return => this with { Balance = Balance.Pair, Opening = default },
    };

    /// <summary>The terms on which a game begins: with the opening, if it is the first of a pair.</summary>
    public Terms For(GameId game) => Balance == Balance.Pair ? this with { Opening = BalancedOpenings.Of(game) } : this;

    /// <summary>What a game on these terms is about: the rating, if both have one to play for and a clock sees to it that the game ends.</summary>
    public Stakes Stakes(UserKind first, UserKind second) =>
        Control is not null && first == UserKind.Account && second == UserKind.Account ? Domain.Stakes.Rated : Domain.Stakes.Casual;

    public static implicit operator Terms(TimeControl? control) => new(control);
}

/// <summary>What is done about the advantage of moving first: whoever starts a game of Connect Four can force a win.</summary>
public enum Balance
{
    None,

    /// <summary>The pie rule, one cuts and the other chooses: after the first disc the other side may take it over, and the one who dropped it moves again.</summary>
    Swap,

    /// <summary>The first of two games from an opening that is an exact draw; the rematch is the second.</summary>
    Pair,

    /// <summary>The second of the two, with sides exchanged.</summary>
    Return,
}

/// <summary>What a game is about besides winning it.</summary>
public enum Stakes
{
    Casual,

    /// <summary>The result counts for both players' ratings, once each side has moved.</summary>
    Rated,
}
