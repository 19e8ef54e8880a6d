using System.Collections.Immutable;

namespace ConnectFour.Domain;

/// <summary>What a transition answers: the next state and the events that led there, or a refusal that leaves everything as it was.</summary>
public abstract record Decision<TState, TEvent>
{
    private Decision() { }

    /// <param name="Next">The state afterwards.</param>
    /// <param name="Events">What happened, in order. Empty when there was nothing left to do: the intent had been fulfilled before.</param>
    public sealed record Accepted(TState Next, ImmutableArray<TEvent> Events) : Decision<TState, TEvent>;

    public sealed record Refused(Refusal Why) : Decision<TState, TEvent>;
}
