namespace ConnectFour.Simulation.Tests.Clockwork;

/// <summary>A process's line to a server that all of them share. Questions arrive in the order in which they were asked, whether or not who asked still lives; an answer may be late, or never come.</summary>
/// <param name="nature">What goes on whoever dies.</param>
/// <param name="isUp">Whether the server answers.</param>
/// <param name="broken">How it is said that the line broke: whether the question was answered is not known, unless it was not sent.</param>
internal sealed class Wire(Scheduler scheduler, Life nature, Life life, Weather weather, Func<bool> isUp, Func<bool, Exception> broken)
{
    private long _arrived;
    private long _answered;

    /// <summary>Whether everything is lost that is said on it.</summary>
    public bool IsCut { get; set; }

    public Task<T> Ask<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>();
        var (isLost, isUnheard, isBroken) = (IsCut || weather.Loses(scheduler), weather.LosesAnswer(scheduler), scheduler.Chance(weather.Broken));
        if ((isLost || isUnheard) && isBroken) scheduler.After(weather.Delay(scheduler), life, () => answer.TrySetException(broken(true))); // Perhaps while the question is still on its way.
        if (isLost) return answer.Task;

        Arrive(nature, () =>
        {
            if (!isUp())
            {
                Answer(() => answer.TrySetException(broken(false)));
                return;
            }
            Action give;
            try
            {
                var found = question();
                give = () => answer.TrySetResult(found);
            }
            catch (Exception problem)
            {
                give = () => answer.TrySetException(problem);
            }
            if (!isUnheard) Answer(give);
        });
        return answer.Task;
    }

    /// <summary>Says something that is not answered.</summary>
    public void Tell(Action what)
    {
        if (IsCut || weather.Loses(scheduler)) return;
        Arrive(nature, () =>
        {
            if (isUp()) what();
        });
    }

    private void Arrive(Life where, Action act)
    {
        _arrived = Math.Max(_arrived + 1, scheduler.Now + weather.Delay(scheduler).Ticks);
        scheduler.At(_arrived, where, _ => act(), null);
    }

    private void Answer(Action act)
    {
        _answered = Math.Max(_answered + 1, scheduler.Now + weather.Delay(scheduler).Ticks);
        scheduler.At(_answered, life, _ => act(), null);
    }
}

/// <summary>How a line is at the moment.</summary>
/// <param name="faults">Counts what goes wrong.</param>
internal sealed class Weather(Faults faults)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(0.1);
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2.5);

    /// <summary>How likely a question is lost on its way.</summary>
    public double Lost { get; set; }

    /// <summary>How likely an answer is: it was done, and nobody knows.</summary>
    public double Unheard { get; set; }

    /// <summary>How likely that is noticed at once, as the line breaks, instead of never.</summary>
    public double Broken { get; set; }

    /// <summary>How likely something takes unusually long.</summary>
    public double Slow { get; set; }

    public bool Loses(Scheduler scheduler) => faults.Happens(scheduler, Lost, Fault.QuestionLost);

    public bool LosesAnswer(Scheduler scheduler) => faults.Happens(scheduler, Unheard, Fault.AnswerLost);

    public TimeSpan Delay(Scheduler scheduler) => faults.Happens(scheduler, Slow, Fault.LineSlow) ? scheduler.Between(Usual, Most) : scheduler.Between(Least, Usual);

    public void Clear() => (Lost, Unheard, Broken, Slow) = (0, 0, 0, 0);
}
