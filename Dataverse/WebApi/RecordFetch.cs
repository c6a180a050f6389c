using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using DataExport.Dataverse.Json;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>One grouped fetch: what to ask, and how its answer is to be read.</summary>
internal sealed class RecordFetch(IReadOnlyList<FetchRequest> requests, Func<TableDefinition, RowShape> shapeOf)
{
    private const string PrivilegeFunction = "/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName";
    private readonly List<Part> _parts = [];
    private readonly Dictionary<string, FetchedTable> _answers = new(StringComparer.Ordinal);

    /// <summary>Links that the environment gave where it did not answer a group as a whole.</summary>
    public List<(TableDefinition Table, string Link)> NextLinks { get; } = [];

    /// <summary>Writes the batch: for each table its ids in groups, then its privileges.</summary>
    public BatchRequest ToBatch(Guid userId, int idsMax)
    {
        var batch = new BatchRequest();
        foreach (var request in requests)
        {
            var table = request.Table;
            _ = _answers.TryAdd(
                table.Name, new FetchedTable(table.Name, new List<SourceRow>(request.RecordIds.Count), false));
            foreach (var ids in request.RecordIds.Chunk(idsMax))
            {
                batch.AddGet(RowsRequest(table, ids));
                _parts.Add(new Part(table, IsPrivilege: false));
            }

            foreach (var privilege in PrivilegesOf(table))
            {
                batch.AddGet($"systemusers({userId:D}){PrivilegeFunction}(PrivilegeName='{privilege}')");
                _parts.Add(new Part(table, IsPrivilege: true));
            }
        }

        return batch;
    }

    /// <summary>Reads the batch's answer.</summary>
    /// <exception cref="SourceException">It is incomplete, or a part is throttled or unavailable.</exception>
    public void Read(ReadOnlySpan<byte> body, string boundary)
    {
        var unreadable = new HashSet<string>(StringComparer.Ordinal);
        var answer = new BatchAnswer(body, boundary);
        foreach (var part in _parts)
        {
            answer.MoveNext();
            if ((int)answer.Status is < 200 or > 299)
            {
                RefusePart(answer, part, unreadable);
            }
            else if (part.IsPrivilege)
            {
                Prove(part.Table.Name, IsWholeTable(answer.Body));
            }
            else
            {
                AddRows(part.Table, answer.Body);
            }
        }

        foreach (var table in unreadable)
        {
            _answers[table] = _answers[table] with { IsWholeTableReadable = false };
        }
    }

    /// <summary>Adds rows that a next link brought.</summary>
    public void AddRows(TableDefinition table, IReadOnlyList<SourceRow> rows) => RowsOf(table).AddRange(rows);

    /// <summary>The answers, one a table.</summary>
    public IReadOnlyList<FetchedTable> ToAnswers() => [.. _answers.Values];

    /// <summary>
    /// The read privilege is named for the table, but for some old tables by another name, and all activities share
    /// one. A privilege that does not exist proves nothing and does no harm.
    /// </summary>
    private static string[] PrivilegesOf(TableDefinition table) => table switch
    {
        { Name: "annotation" } => ["prvReadNote"],
        { PrimaryIdColumn: "activityid" } => ["prvReadActivity", $"prvRead{table.SchemaName}"],
        _ => [$"prvRead{table.SchemaName}"],
    };

    /// <summary>Whether the answer shows a privilege of organization depth.</summary>
    private static bool IsWholeTable(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName && reader.Is("Depth"u8) && reader.Read()
                    && reader.TokenType is JsonTokenType.String && reader.Is("Global"u8))
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // Nothing is proven by an answer that cannot be read.
        }

        return false;
    }

    private string RowsRequest(TableDefinition table, Guid[] ids)
    {
        var text = new StringBuilder(table.EntitySetName)
            .Append("?$select=").Append(shapeOf(table).SelectAll)
            .Append("&$filter=Microsoft.Dynamics.CRM.In(PropertyName='").Append(table.PrimaryIdColumn)
            .Append("',PropertyValues=%5B");
        for (var index = 0; index < ids.Length; index++)
        {
            _ = text.Append(index == 0 ? "'" : ",'").Append(CultureInfo.InvariantCulture, $"{ids[index]:D}'");
        }

        return text.Append("%5D)").ToString();
    }

    /// <summary>
    /// A table that cannot be read, or not with these columns, proves nothing of its records and does not stop the
    /// other tables. All other trouble is the whole batch's.
    /// </summary>
    private static void RefusePart(BatchAnswer answer, Part part, HashSet<string> unreadable)
    {
        var fault = answer.ToFault();
        var concernsTableOnly = (int)answer.Status is >= 400 and < 500
            && answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.RequestTimeout)
            && fault.Fault is not SourceFault.Throttled;
        if (!concernsTableOnly)
        {
            throw fault;
        }

        if (!part.IsPrivilege)
        {
            _ = unreadable.Add(part.Table.Name);
        }
    }

    private void Prove(string table, bool isWholeTable)
    {
        var answer = _answers[table];
        _answers[table] = answer with { IsWholeTableReadable = answer.IsWholeTableReadable || isWholeTable };
    }

    private void AddRows(TableDefinition table, ReadOnlySpan<byte> body)
    {
        var page = new PageReader(shapeOf(table), idsOnly: false);
        page.Read(body);
        RowsOf(table).AddRange(page.Page.Rows);
        if (page.Page.NextLink is { } link)
        {
            NextLinks.Add((table, link));
        }
    }

    private List<SourceRow> RowsOf(TableDefinition table) => (List<SourceRow>)_answers[table.Name].Rows;

    private readonly record struct Part(TableDefinition Table, bool IsPrivilege);
}
