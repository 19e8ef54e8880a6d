namespace ConnectFour.Engine.Tests;

public sealed class ZugzwangTests
{
    [Fact]
    public void What_is_proved_without_search_is_true()
    {
        var proofs = new Dictionary<(Player, int), int>();
        for (var seed = 0; seed < 4_000; seed++)
        {
            var board = seed % 2 == 0 ? Positions.Drawish(seed, 26 + seed / 2 % 14) : Positions.Random(seed, 26 + seed / 2 % 8);
            var position = Position.Of(board);
            var threats = Bits.WinningCells(position.Other, position.Occupied);
            if (position.WinningMoves != 0 || (threats & Bits.Playable(position.Occupied)) != 0) continue;

            var score = 0;
            for (var alpha = -4; alpha <= 1; alpha++)
            {
                if (!Zugzwang.Holds(position.Own, position.Occupied, threats, position.Plies, alpha)) continue;
                if (!proofs.TryGetValue((board.ToMove, alpha), out var before)) before = 0;
                if (score == 0) score = new BruteForce().Score(board);
                proofs[(board.ToMove, alpha)] = before + 1;

                Assert.True(score <= alpha, $"{board} scores {score}, not at most {alpha}");
            }
        }

        // All that can be proved was, so the test is not about nothing.
        Assert.Equal(
            [(Player.First, -3), (Player.First, -2), (Player.First, -1), (Player.First, 0), (Player.First, 1), (Player.Second, -2), (Player.Second, -1), (Player.Second, 0), (Player.Second, 1)],
            proofs.Keys.Order());
    }
}
