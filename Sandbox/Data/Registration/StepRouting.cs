namespace DataExport.Sandbox;

/// <summary>All routes as they were at one moment, by table and message. Never changes.</summary>
internal sealed class StepRouting
{
    private static readonly int Kinds = Enum.GetValues<MessageKind>().Length;

    private readonly StepRoute[][] _routes;

    private StepRouting(StepRoute[][] routes) => _routes = routes;

    /// <summary>Gathers the routes that <paramref name="routesOf"/> tells for each table and message.</summary>
    public static StepRouting Of(
        IReadOnlyList<SandboxTable> tables, Func<SandboxTable, MessageKind, IEnumerable<StepRoute>> routesOf)
    {
        var routes = new StepRoute[tables.Count * Kinds][];
        foreach (var table in tables)
        {
            foreach (var kind in Enum.GetValues<MessageKind>())
            {
                routes[PlaceOf(table, kind)] = [.. routesOf(table, kind)];
            }
        }

        return new StepRouting(routes);
    }

    /// <summary>The steps of a table's message.</summary>
    public StepRoute[] For(SandboxTable table, MessageKind kind) => _routes[PlaceOf(table, kind)];

    /// <summary>Those of the routes that share one body, since they have no images, and take the change.</summary>
    public static StepRoute[] Shared(StepRoute[] routes, ReadOnlySpan<int> sent)
    {
        var count = 0;
        foreach (var route in routes)
        {
            count += IsShared(route, sent) ? 1 : 0;
        }

        if (count == routes.Length || count == 0)
        {
            return count == 0 ? [] : routes;
        }

        var shared = new StepRoute[count];
        foreach (var route in routes)
        {
            if (IsShared(route, sent))
            {
                shared[^count--] = route;
            }
        }

        return shared;
    }

    private static bool IsShared(StepRoute route, ReadOnlySpan<int> sent) =>
        route.Images.Length == 0 && route.Takes(sent);

    private static int PlaceOf(SandboxTable table, MessageKind kind) => (table.Index * Kinds) + (int)kind;
}
