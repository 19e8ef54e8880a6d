using MediatR;

namespace ConnectFour.Application;

/// <summary>One use case's input. Who acts is <c>By</c>, taken from the connection and never from a message.</summary>
public interface ICommand : IRequest<Reply>;
