using ConnectFour.Mutants;
using ConnectFour.Web;

// The server as it is, but for one promise that it breaks: --Mutation names it. For the tests that show that it would be noticed.
var mutation = Enum.Parse<Mutation>(args[Array.IndexOf(args, "--Mutation") + 1]);
await using var app = Server.Build(args, replace: services => services.Break(mutation));
await app.RunAsync();
