ConnectFour.Web.Server.Build(args).Run();
