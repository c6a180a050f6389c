using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Registration;

/// <summary>A step as it is to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Message">The message.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="FilterId">The table's filter; <see langword="null"/> for all tables.</param>
internal sealed record WantedStep(string Name, string Message, Guid MessageId, Guid? FilterId)
{
    /// <summary>The columns of which an update must send one, with commas; <see langword="null"/> for any.</summary>
    public string? FilteringColumns { get; init; }

    /// <summary>The columns of its image, with commas; <see langword="null"/> for no image.</summary>
    public string? ImageColumns { get; init; }

    /// <summary>Whether a step of another posts all that this one is to post.</summary>
    public bool IsDoneBy(StepAnswer step, Guid endpointId) =>
        ImageColumns is null && Hindrance(step, endpointId) is null && Covers(step.FilteringColumns);

    /// <summary>Why a step of ours has to be changed, or <see langword="null"/>.</summary>
    public string? Fault(StepAnswer step, Guid? endpointId) =>
        Hindrance(step, endpointId)
        ?? (!IsSame(step.FilteringColumns, FilteringColumns) ? "its filtering attributes are others"
            : step.AutoDeletes is not true ? "its jobs are kept"
            : step.Name != Name ? "its name is another"
            : null);

    /// <summary>Why an image of ours has to be changed, or <see langword="null"/>.</summary>
    public string? Fault(ImageAnswer image) =>
        image.ImageType is RegistrationCodes.PostImage
        && image.Alias == RegistrationCodes.ImageAlias
        && image.PropertyName == RegistrationCodes.ImageProperty(Message)
        && IsSame(image.Columns, ImageColumns)
            ? null
            : "its image is another";

    private string? Hindrance(StepAnswer step, Guid? endpointId) =>
        step.State is not RegistrationCodes.Enabled ? "it is disabled"
        : step.EndpointId != endpointId ? "it posts to another endpoint"
        : step.MessageId != MessageId || step.FilterId != FilterId ? "it is for another message"
        : step.Stage is not RegistrationCodes.PostOperation || step.Mode is not RegistrationCodes.Asynchronous
            ? "it runs at another stage"
            : null;

    private bool Covers(string? filter)
    {
        var columns = Split(filter);
        return columns.Count == 0 || (FilteringColumns is not null && columns.IsSupersetOf(Split(FilteringColumns)));
    }

    private static bool IsSame(string? one, string? other) => Split(one).SetEquals(Split(other));

    private static HashSet<string> Split(string? columns) =>
        (columns ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>The steps that a request amounts to, and what of it the environment does not offer.</summary>
internal sealed record WantedSteps(IReadOnlyList<WantedStep> Steps, IReadOnlyList<string> Warnings)
{
    private static readonly string[] TableMessages =
        [RegistrationCodes.Create, RegistrationCodes.Update, RegistrationCodes.Delete];

    private static readonly string[] PairMessages = [RegistrationCodes.Associate, RegistrationCodes.Disassociate];

    /// <summary>The messages that a request needs the ids of.</summary>
    public static IEnumerable<string> MessagesOf(RegistrationRequest request) =>
        request.PostsAssociations ? [.. TableMessages, .. PairMessages] : TableMessages;

    /// <summary>Finds each step's message and table among those of the environment.</summary>
    public static WantedSteps Of(
        RegistrationRequest request,
        IReadOnlyDictionary<string, Guid> messages,
        IReadOnlyDictionary<(string Table, Guid Message), Guid> filters)
    {
        var steps = new List<WantedStep>();
        var warnings = new List<string>();
        foreach (var table in request.Tables)
        {
            foreach (var message in TableMessages)
            {
                if (messages.TryGetValue(message, out var id) && filters.TryGetValue((table.Table, id), out var filter))
                {
                    steps.Add(Of(request, table, message, (id, filter)));
                }
                else
                {
                    warnings.Add($"Table '{table.Table}' raises no {message} for service endpoints: such changes come "
                        + "with its next delta.");
                }
            }
        }

        foreach (var message in request.PostsAssociations ? PairMessages : [])
        {
            if (messages.TryGetValue(message, out var id))
            {
                steps.Add(new WantedStep(
                    RegistrationCodes.StepName(request.ProfileId, message, null), message, id, null));
            }
            else
            {
                warnings.Add($"The environment raises no {message}: such changes come with the next delta.");
            }
        }

        return new WantedSteps(steps, warnings);
    }

    private static WantedStep Of(
        RegistrationRequest request, TableRegistration table, string message, (Guid Message, Guid Filter) ids) =>
        new(
            RegistrationCodes.StepName(request.ProfileId, message, table.Table), message, ids.Message, ids.Filter)
        {
            FilteringColumns = message == RegistrationCodes.Update ? Joined(table.FilteringColumns) : null,
            ImageColumns = message == RegistrationCodes.Delete ? null : Joined(table.ImageColumns),
        };

    private static string? Joined(IReadOnlyList<string> columns) =>
        columns.Count == 0 ? null : string.Join(',', columns);
}
