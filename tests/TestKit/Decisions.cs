using ConnectFour.Domain;

namespace ConnectFour.TestKit;

public static class Decisions
{
    extension<TState, TEvent>(Decision<TState, TEvent> decision)
    {
        /// <summary>The state afterwards, of a transition that has to be accepted.</summary>
        public TState Next => decision is Decision<TState, TEvent>.Accepted accepted
            ? accepted.Next
            : throw new InvalidOperationException($"Not accepted: {decision}.");

        /// <summary>The reason, of a transition that has to be refused.</summary>
        public Refusal Why => decision is Decision<TState, TEvent>.Refused refused
            ? refused.Why
            : throw new InvalidOperationException($"Not refused: {decision}.");
    }
}
