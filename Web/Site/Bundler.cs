using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace ConnectFour.Web.Site;

/// <summary>
/// Puts a module of the page and everything that it imports into one, so that a browser fetches it in one go. It knows the few forms that our modules are written in,
/// each on a line of its own, and refuses every other: what it does not understand it would break.
/// </summary>
internal static partial class Bundler
{
    /// <param name="entry">The path of the module to begin with, such as <c>main.js</c>.</param>
    /// <param name="read">The source of the module at a path.</param>
    /// <exception cref="InvalidDataException">A module is missing, imports itself in a circle, or is written in another form.</exception>
    public static string Bundle(string entry, Func<string, string?> read)
    {
        var (order, open) = (new List<string>(), new HashSet<string>());
        var modules = new Dictionary<string, Module>();
        Visit(entry);

        var bundle = new StringBuilder();
        foreach (var path in order) bundle.Append(Scope(modules[path], order.IndexOf(path), order));
        return bundle.ToString();

        void Visit(string path)
        {
            if (modules.ContainsKey(path)) return;
            if (!open.Add(path)) throw new InvalidDataException($"{path} imports itself in a circle.");
            var module = Parse(path, read(path) ?? throw new InvalidDataException($"There is no module {path}."));
            foreach (var import in module.Imports) Visit(import.Path);
            modules[path] = module;
            order.Add(path);
        }
    }

    /// <summary>A module becomes a function of its own, so that names do not meet; what it exports is what the function returns.</summary>
    private static string Scope(Module module, int number, List<string> order)
    {
        var imports = module.Imports.Where(import => import.Names.Length > 0).Select(import => $"const {{ {import.Names} }} = ${order.IndexOf(import.Path)};\n");
        var returned = module.Exports.IsEmpty ? "" : $"return {{ {string.Join(", ", module.Exports)} }};\n";
        var call = module.Waits ? "await (async () => {\n" : "(() => {\n";
        return $"const ${number} = {call}{string.Concat(imports)}{module.Code}{returned}}})();\n";
    }

    private static Module Parse(string path, string source)
    {
        var imports = ImmutableArray.CreateBuilder<Import>();
        var exports = ImmutableArray.CreateBuilder<string>();
        var code = new StringBuilder();
        foreach (var line in Comment().Replace(source, "").Split('\n'))
        {
            if (ImportLine().Match(line) is { Success: true } import)
                imports.Add(new(Resolve(path, import.Groups["path"].Value), Renamed(import.Groups["names"].Value)));
            else if (ExportList().Match(line) is { Success: true } list)
                exports.AddRange(list.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            else if (Export().Match(line) is { Success: true } export)
            {
                exports.Add(export.Groups["name"].Value);
                code.Append(line.AsSpan("export ".Length)).Append('\n');
            }
            else if (Unknown().IsMatch(line)) throw new InvalidDataException($"{path}: this form of import or export is not known here: {line}");
            else if (line.Trim() is not "") code.Append(line).Append('\n');
        }
        return new(imports.ToImmutable(), exports.ToImmutable(), code.ToString(), Wait().IsMatch(code.ToString()));
    }

    private static string Renamed(string names) => names.Trim().Replace(" as ", ": ", StringComparison.Ordinal);

    /// <summary>The path that a module means by <c>./x.js</c> or <c>../x.js</c>.</summary>
    private static string Resolve(string from, string relative)
    {
        var parts = new Stack<string>(from.Split('/')[..^1]);
        foreach (var part in relative.Split('/'))
        {
            if (part == "..") parts.Pop();
            else if (part != ".") parts.Push(part);
        }
        return string.Join('/', parts.Reverse());
    }

    private sealed record Import(string Path, string Names);

    /// <param name="Waits">Whether it awaits something while it is loaded.</param>
    private sealed record Module(ImmutableArray<Import> Imports, ImmutableArray<string> Exports, string Code, bool Waits);

    [GeneratedRegex(@"^import (?:\{(?<names>[^{}]*)\} from )?'(?<path>\.{1,2}/[\w./-]+\.js)';\r?$")]
    private static partial Regex ImportLine();

    [GeneratedRegex(@"^export (?:const|function|async function|class) (?<name>[\w$]+)")]
    private static partial Regex Export();

    [GeneratedRegex(@"^export \{(?<names>[\w$, ]*)\};\r?$")]
    private static partial Regex ExportList();

    [GeneratedRegex(@"^\s*(?:import|export)\b(?!\.meta)|\bimport\(")]
    private static partial Regex Unknown();

    /// <summary>Comments that have their lines to themselves, and types that stand within a line: what else looks like a comment may be part of a text.</summary>
    [GeneratedRegex(@"^[ \t]*(?:/\*\*?(?:[^*]|\*(?!/))*\*/[ \t]*|//[^\n]*)\r?\n|/\*\* @(?:[^*\n]|\*(?!/))*\*/[ \t]*", RegexOptions.Multiline)]
    private static partial Regex Comment();

    /// <summary>An <c>await</c> that belongs to no function: our functions are indented, and what is at the beginning of a line is not.</summary>
    [GeneratedRegex(@"^(?![^\n]*\basync\b)(?=\S)[^\n]*\bawait\b", RegexOptions.Multiline)]
    private static partial Regex Wait();
}
