namespace DataExport.Sandbox;

/// <summary>Makes the route of a step.</summary>
internal sealed class StepRouteBuilder(SandboxRegistration registration, IReadOnlyList<Component> images)
{
    private const int JsonFormat = 2;

    private readonly ILookup<Guid?, Component> _images =
        images.ToLookup(static image => image.Reference("_sdkmessageprocessingstepid_value"));

    public StepRoute Build(Component step, Component endpoint, SandboxTable table) => new()
    {
        StepId = step.Id,
        Registration = registration,
        Queue = endpoint.Text("path") ?? "",
        Port = PortOf(endpoint.Text("namespaceaddress")),
        TakesJson = endpoint.Number("messageformat") is JsonFormat && endpoint.Number("contract") is 2 or 5 or 6,
        Filter = step.Text("filteringattributes") is { Length: > 0 } filter ? [.. Ordinals(table, filter)] : null,
        Images = [.. _images[step.Id].Select(image => ImageOf(image, table))],
    };

    private static StepImage ImageOf(Component image, SandboxTable table)
    {
        var key = new Utf8Buffer();
        key.WriteString(image.Text("entityalias") ?? "", escapesSlash: true);
        return new StepImage(key.Written.ToArray(), image.Text("attributes") is { Length: > 0 } attributes
            ? [.. Ordinals(table, attributes)]
            : [.. table.Columns.Where(static column => column.Role is not ColumnRole.VersionNumber)
                .Select(static column => column.Ordinal)]);
    }

    private static IEnumerable<int> Ordinals(SandboxTable table, string names) => names
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(table.Column)
        .OfType<SandboxColumn>()
        .Select(static column => column.Ordinal);

    private static int PortOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback ? uri.Port : 0;
}
