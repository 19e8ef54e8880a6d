namespace ConnectFour.Browser.Tests;

/// <summary>Somebody in front of the page: sees it by roles and names, as they do.</summary>
public sealed class Person
{
    private Person(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>What the browser complained about: errors of scripts, and of the content security policy.</summary>
    public List<string> Complaints { get; } = [];

    public ILocator Invitation => Page.GetByRole(AriaRole.Region, new() { Name = "Invitation" });

    public ILocator Turn => Page.Locator(".turn");

    public ILocator Problem => Page.Locator("#game .problem");

    public ILocator Notice => Page.Locator("#notice");

    public ILocator Heading => Page.Locator("#game h2");

    public ILocator Discs => Page.Locator(".cell[data-disc='0'], .cell[data-disc='1']");

    public ILocator WinningCells => Page.Locator(".cell[data-winning=true]");

    /// <summary>Says that the line is cut, while it is.</summary>
    public ILocator Banner => Page.Locator("#banner");

    public ILocator Tabs => Page.GetByRole(AriaRole.Tab);

    public static Task<Person> Open(RunningServer server, IBrowserContext context, string path = "/") => Open(server.Address, context, path);

    public static async Task<Person> Open(Uri server, IBrowserContext context, string path = "/")
    {
        var person = new Person(await context.NewPageAsync());
        person.Page.PageError += (_, error) => person.Complaints.Add(error);
        person.Page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("net::ERR_", StringComparison.Ordinal)) person.Complaints.Add(message.Text);
        };
        await person.Page.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));");
        await person.Page.GotoAsync(new Uri(server, path).ToString());
        return person;
    }

    /// <summary>Somebody new who creates an account, and is in the lobby under its name then.</summary>
    public static async Task<Person> Register(RunningServer server, IBrowserContext context, string name, string password)
    {
        var person = await Open(server, context, "/account");
        await person.CreateAccount(name, password);
        return person;
    }

    public async Task CreateAccount(string name, string password)
    {
        var form = Page.GetByRole(AriaRole.Region, new() { Name = "Create an account" });
        await form.GetByLabel("Name").FillAsync(name);
        await form.GetByLabel("New password").FillAsync(password);
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(Page.Locator("#hello")).ToHaveTextAsync($"Hello {name}");
    }

    public async Task LogIn(string name, string password)
    {
        var form = Page.GetByRole(AriaRole.Region, new() { Name = "Log in", Exact = true });
        await form.GetByLabel("Name").FillAsync(name);
        await form.GetByLabel("Password").FillAsync(password);
        await form.GetByRole(AriaRole.Button).ClickAsync();
    }

    public Task GoTo(string path) => Page.GotoAsync(new Uri(new Uri(Page.Url), path).ToString());

    /// <summary>The browser complains of every answer that says no, also of those that the page asked for and understands.</summary>
    public void ForgetRefusals() => Complaints.RemoveAll(complaint => complaint.StartsWith("Failed to load resource", StringComparison.Ordinal));

    public static async Task<Person> Join(RunningServer server, IBrowserContext context, string name)
    {
        var person = await Open(server, context);
        await person.SayName(name);
        await Assertions.Expect(person.Page.Locator("#hello")).ToHaveTextAsync($"Hello {name}");
        return person;
    }

    public async Task SayName(string name)
    {
        await Page.GetByLabel("Your name").FillAsync(name);
        await Button("Enter the lobby").ClickAsync();
    }

    /// <summary>Goes there as somebody does who has no mouse; fails when the keyboard does not lead there.</summary>
    public async Task TabTo(ILocator control)
    {
        const int mostStops = 60;
        for (var stop = 0; stop < mostStops; stop++)
        {
            if (await control.EvaluateAsync<bool>("control => control === document.activeElement")) return;
            await Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"No Tab leads to {control}.");
    }

    /// <summary>Collects from now on what any live region says, as a screen reader does.</summary>
    public Task Listen() => Page.EvaluateAsync(
        """
        () => {
            globalThis.spoken = [];
            for (const live of document.querySelectorAll('[aria-live]:not([aria-live=off]), [role=status], [role=alert]'))
                new MutationObserver(() => { if (live.textContent) globalThis.spoken.push(live.textContent); }).observe(live, { childList: true, characterData: true, subtree: true });
        }
        """);

    public Task<string[]> Heard() => Page.EvaluateAsync<string[]>("globalThis.spoken");

    /// <summary>What was heard so far is not heard again.</summary>
    public Task Forget() => Page.EvaluateAsync("() => { globalThis.spoken = []; }");

    public Task Hears(string words) => Page.WaitForFunctionAsync("words => globalThis.spoken.some(said => said.includes(words))", words);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A link of the header.</summary>
    public ILocator Way(string name) => Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Row(string name) => Page.Locator($"tr[data-user='{name}']");

    public ILocator Cell(int column, int row) => Page.Locator($".cell[data-column='{column}'][data-row='{row}']");

    public Task Drop(int column) => Page.Locator($".column:has([data-column='{column}'])").ClickAsync();

    /// <summary>Challenges, and the opponent accepts: both see the board. Who was challenged starts.</summary>
    public async Task PlayWith(Person opponent, string opponentName)
    {
        await Button($"Challenge {opponentName}").ClickAsync();
        await opponent.Invitation.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Assertions.Expect(Heading).ToHaveTextAsync($"You are playing with {opponentName}");
        await Assertions.Expect(opponent.Page.Locator("#game")).ToBeVisibleAsync();
    }

    /// <summary>Plays columns in turn, the starter first, each after the other has seen the one before.</summary>
    public static async Task PlayOut(Person starter, Person other, string columns, int from = 0)
    {
        for (var ply = from; ply < columns.Length; ply++)
        {
            var (mover, waiter) = ply % 2 == 0 ? (starter, other) : (other, starter);
            await Assertions.Expect(mover.Discs).ToHaveCountAsync(ply);
            await mover.Drop(columns[ply] - '0');
            await Assertions.Expect(waiter.Discs).ToHaveCountAsync(ply + 1);
        }
    }
}
