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
    }
}
