namespace ConnectFour.Application.Ports;

/// <summary>What was asked of a port cannot be read at the moment; it is worth asking again. What cannot be stored is said by an <see cref="AppendResult"/> instead.</summary>
public sealed class StoreAwayException(Exception cause) : IOException($"The store does not answer: {cause.Message}", cause);
