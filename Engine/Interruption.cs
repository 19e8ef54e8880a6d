namespace ConnectFour.Engine;

/// <summary>Unwinds a search that was told to stop. It never leaves the solver; a flag tested after each call would cost every node.</summary>
internal sealed class Interruption : Exception;
