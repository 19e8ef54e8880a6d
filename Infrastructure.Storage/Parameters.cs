using System.Data.Common;

namespace ConnectFour.Infrastructure.Storage;

/// <summary>What the databases have in common and ADO.NET says at length. Parameters are <c>@name</c>, which both understand.</summary>
internal static class Parameters
{
    public static void Add(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }
}
