namespace ConnectFour.TestKit;

/// <summary>How often each of several things has happened, by somebody who only ever counts on.</summary>
internal static class Tallies
{
    extension(Dictionary<string, long> now)
    {
        /// <summary>What has been added since then.</summary>
        public Dictionary<string, long> Since(Dictionary<string, long> before) =>
            now.Select(counted => KeyValuePair.Create(counted.Key, counted.Value - before.GetValueOrDefault(counted.Key))).Where(added => added.Value > 0).ToDictionary();
    }
}
