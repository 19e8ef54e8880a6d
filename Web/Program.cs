using ConnectFour.Web;

const int UnusableSettings = 2;

try
{
    Server.Build(args).Run();
    return 0;
}
catch (SettingsException problem)
{
    Console.Error.WriteLine(problem.Message);
    return UnusableSettings;
}
