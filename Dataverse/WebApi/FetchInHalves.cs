using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Asks for less where an answer is too large: half of the requests, then half of a request's ids, down to one. A
/// record that is too large even alone is told, and does not keep the others waiting.
/// </summary>
internal static class FetchInHalves
{
    /// <summary>The answers, one a request, in their order.</summary>
    /// <param name="requests">One or more.</param>
    /// <param name="fetch">Asks once; <see cref="SourceFault.TooLarge"/> when the answer is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<FetchedTable>> AsNeededAsync(
        IReadOnlyList<FetchRequest> requests,
        Func<IReadOnlyList<FetchRequest>, CancellationToken, Task<IReadOnlyList<FetchedTable>>> fetch,
        CancellationToken cancellationToken)
    {
        try
        {
            return await fetch(requests, cancellationToken);
        }
        catch (SourceException tooLarge) when (tooLarge.Fault is SourceFault.TooLarge)
        {
            if (requests is [{ RecordIds.Count: 1 } only])
            {
                return [new FetchedTable(only.Table.Name, [], false, Refusal: tooLarge.Message)];
            }
        }

        var (first, second) = Halves(requests);
        var answers = await AsNeededAsync(first, fetch, cancellationToken);
        var others = await AsNeededAsync(second, fetch, cancellationToken);
        return requests.Count == 1 ? [Joined(answers[0], others[0])] : [.. answers, .. others];
    }

    private static (IReadOnlyList<FetchRequest> First, IReadOnlyList<FetchRequest> Second) Halves(
        IReadOnlyList<FetchRequest> requests)
    {
        if (requests is not [var only])
        {
            var half = requests.Count / 2;
            return ([.. requests.Take(half)], [.. requests.Skip(half)]);
        }

        var ids = only.RecordIds.Count / 2;
        return (
            [only with { RecordIds = [.. only.RecordIds.Take(ids)] }],
            [only with { RecordIds = [.. only.RecordIds.Skip(ids)] }]);
    }

    private static FetchedTable Joined(FetchedTable first, FetchedTable second) => new(
        first.Table,
        [.. first.Rows, .. second.Rows],
        first.IsWholeTableReadable && second.IsWholeTableReadable,
        first.IsComplete && second.IsComplete,
        first.Refusal ?? second.Refusal)
    {
        Outside = [.. first.Outside, .. second.Outside],
    };
}
