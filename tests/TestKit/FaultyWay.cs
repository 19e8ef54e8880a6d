namespace ConnectFour.TestKit;

/// <summary>One of the two ways through a <see cref="FaultProxy"/>; all its lines share it.</summary>
public sealed class FaultyWay
{
    private volatile Spell _spell = new(Fault.None);

    /// <summary>How it fails from now on.</summary>
    public Fault Fault
    {
        get => _spell.Fault;
        set
        {
            var last = _spell;
            _spell = new(value);
            last.End();
        }
    }

    internal Spell Now => _spell;

    /// <summary>A fault from its beginning to its end.</summary>
    internal sealed class Spell(Fault fault)
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Fault Fault => fault;

        public Task Over => _over.Task;

        public void End() => _over.TrySetResult();
    }
}
