using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using DataExport.Dataverse.Json;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>One grouped fetch: what to ask, and how its answer is to be read.</summary>
internal sealed class RecordFetch(
    IReadOnlyList<FetchRequest> requests, DataverseSourceOptions options, Func<TableDefinition, RowShape> shapeOf)
{
    private const string PrivilegeFunction = "/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName";
    private readonly List<Part> _parts = [];
    private readonly RequestAnswer[] _answers = [.. requests.Select(request => new RequestAnswer(request.Table))];
    private readonly Dictionary<string, ReadProof> _proofs = new(StringComparer.Ordinal);

    /// <summary>Links that the environment gave where it did not answer a group as a whole.</summary>
    public List<FetchLink> NextLinks { get; } = [];

    /// <summary>Writes the batch: for each request its ids in groups, for each table its privileges.</summary>
    public BatchRequest ToBatch(Guid userId)
    {
        var batch = new BatchRequest();
        for (var request = 0; request < requests.Count; request++)
        {
            foreach (var ids in requests[request].RecordIds.Chunk(options.FetchIdsMax))
            {
                batch.AddGet(RowsRequest(requests[request], ids));
                _parts.Add(new Part(request, IsPrivilege: false));
            }

            var table = requests[request].Table;
            var proof = new ReadProof(table);
            if (_proofs.TryAdd(table.Name, proof))
            {
                foreach (var privilege in proof.Privileges)
                {
                    batch.AddGet($"systemusers({userId:D}){PrivilegeFunction}(PrivilegeName='{privilege}')");
                    _parts.Add(new Part(request, IsPrivilege: true));
                }
            }
        }

        return batch;
    }

    /// <summary>Reads the batch's answer.</summary>
    /// <exception cref="SourceException">It is incomplete, or a part is throttled or unavailable.</exception>
    public void Read(ReadOnlySpan<byte> body, string boundary)
    {
        var answer = new BatchAnswer(body, boundary);
        foreach (var part in _parts)
        {
            answer.MoveNext();
            if ((int)answer.Status is < 200 or > 299)
            {
                RefusePart(answer, part);
            }
            else if (!part.IsPrivilege)
            {
                TakeRows(part.Request, answer.Body);
            }
            else if (IsWholeTable(answer.Body))
            {
                ProofOf(part).AddShown();
            }
        }
    }

    /// <summary>
    /// Adds what a next link brought. A set that grows beyond all bounds is given up: a delta tells of it page by page.
    /// </summary>
    public void AddPage(FetchLink link, SourcePage page)
    {
        var answer = _answers[link.Request];
        answer.Rows.AddRange(page.Rows);
        answer.Outside.AddRange(page.Outside);
        if (page.NextLink is { } next)
        {
            AddLink(link.Request, next);
        }
    }

    /// <summary>Rows of a request cannot be had: that proves nothing of its records, nor of other tables.</summary>
    public void Refuse(int request, SourceException fault) => _answers[request].Refusal = fault.Message;

    /// <summary>The answers, one a request, in their order.</summary>
    public IReadOnlyList<FetchedTable> ToAnswers() => [.. _answers.Select(answer => new FetchedTable(
        answer.Table.Name,
        answer.Rows,
        answer.Refusal is null && _proofs[answer.Table.Name].IsWholeTable,
        answer.IsComplete,
        answer.Refusal) { Outside = answer.Outside })];

    /// <summary>The table of a link's rows.</summary>
    public TableDefinition TableOf(FetchLink link) => requests[link.Request].Table;

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

    private string RowsRequest(FetchRequest request, Guid[] ids)
    {
        var table = request.Table;
        var text = new StringBuilder(table.EntitySetName)
            .Append("?$select=").Append(shapeOf(table).SelectAll)
            .Append("&$filter=Microsoft.Dynamics.CRM.In(PropertyName='")
            .Append(request.SetColumn ?? table.PrimaryIdColumn)
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
    private void RefusePart(BatchAnswer answer, Part part)
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
            Refuse(part.Request, fault);
        }
    }

    private ReadProof ProofOf(Part part) => _proofs[requests[part.Request].Table.Name];

    private void TakeRows(int request, ReadOnlySpan<byte> body)
    {
        try
        {
            AddRows(request, body);
        }
        catch (SourceException unreadable) when (unreadable.Fault is SourceFault.Unreadable)
        {
            Refuse(request, unreadable);
        }
    }

    private void AddRows(int request, ReadOnlySpan<byte> body)
    {
        var page = new PageReader(shapeOf(requests[request].Table), idsOnly: false);
        page.Read(body);
        _answers[request].Rows.AddRange(page.Page.Rows);
        _answers[request].Outside.AddRange(page.Page.Outside);
        if (page.Page.NextLink is { } link)
        {
            AddLink(request, link);
        }
    }

    private void AddLink(int request, string link)
    {
        if (requests[request].SetColumn is not null && _answers[request].Rows.Count > options.SetRowsMax)
        {
            _answers[request].IsComplete = false;
            return;
        }

        NextLinks.Add(new FetchLink(request, link));
    }

    private readonly record struct Part(int Request, bool IsPrivilege);

    private sealed class RequestAnswer(TableDefinition table)
    {
        public TableDefinition Table => table;

        public List<SourceRow> Rows { get; } = [];

        public List<OutsideRow> Outside { get; } = [];

        public string? Refusal { get; set; }

        public bool IsComplete { get; set; } = true;
    }
}

/// <summary>Where more rows of one of a fetch's requests are.</summary>
internal readonly record struct FetchLink(int Request, string Link);
