using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectFour.Infrastructure.Storage.Tests;

/// <summary>The whole application on a data directory.</summary>
internal static class StoredApplication
{
    /// <param name="seed">Another one for an application started again on the same directory.</param>
    public static RunningApplication On(string folder, StorageSettings? settings = null, FakeTimeProvider? time = null, int seed = 1) =>
        new(replace: services => services.AddLogging().AddSqliteStorage(folder, settings ?? new StorageSettings()), time: time, seed: seed);

    extension(RunningApplication application)
    {
        /// <summary>Lets time pass until it is answered.</summary>
        public async Task<T> Impatiently<T>(Task<T> answer)
        {
            await Condition.Holds(() =>
            {
                application.Time.Advance(Application.ServerTime.Beat);
                return answer.IsCompleted;
            });
            return await answer;
        }
    }
}
