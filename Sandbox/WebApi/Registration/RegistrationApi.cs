using System.Collections.Concurrent;
using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>Serves the registration tables: reads, and creates, changes and deletions.</summary>
internal sealed class RegistrationApi(DataverseSandbox sandbox)
{
    private readonly ComponentBody _body = new(sandbox.Registration);
    private readonly ComponentRules _rules = new(sandbox);
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal);

    /// <summary>Takes a privilege from the caller, or gives it back.</summary>
    public void SetPrivilege(string name, bool isHeld)
    {
        if (isHeld)
        {
            _ = _refused.TryRemove(name, out _);
        }
        else
        {
            _refused[name] = true;
        }
    }

    /// <summary>Answers a GET.</summary>
    /// <exception cref="ApiException">It cannot be answered.</exception>
    public ApiAnswer Get(ComponentTable table, ApiRequest request)
    {
        Require(table, "Read");
        if (request.Option("$expand") is not null)
        {
            throw ApiException.BadRequest("The sandbox does not serve $expand.");
        }

        return request.Segments is [{ Key: { } key }]
            ? ComponentAnswer.Of(table, Existing(table, key), request)
            : ComponentAnswer.Of(table, Sorted(table, request), request);
    }

    /// <summary>Answers a POST, PATCH or DELETE.</summary>
    /// <exception cref="ApiException">It cannot be done.</exception>
    public ApiAnswer Change(string method, ApiRequest request, string body)
    {
        var table = request.Segments is [var segment] ? ComponentTables.Find(segment.Name) : null;
        if (table is not { IsWritable: true })
        {
            throw new ApiException(405, ErrorCodes.InvalidArgument, $"{method} is not served here.");
        }

        return (method, request.Segments[0].Key) switch
        {
            ("POST", null) => Create(table, request, body),
            ("PATCH", { } key) => Update(table, key, body),
            ("DELETE", { } key) => Delete(table, key),
            _ => throw new ApiException(405, ErrorCodes.InvalidArgument, $"{method} is not served here."),
        };
    }

    private NoContentAnswer Create(ComponentTable table, ApiRequest request, string body)
    {
        Require(table, "Create");
        var values = _body.Read(table, ComponentAnswer.Fresh(table), body);
        _rules.Check(table, values);
        var row = sandbox.Registration.Put(table, Guid.NewGuid(), values);
        return new NoContentAnswer { EntityId = $"{request.BaseAddress}{table.SetName}({row.Id})" };
    }

    private NoContentAnswer Update(ComponentTable table, string key, string body)
    {
        Require(table, "Write");
        var row = Existing(table, key);
        var values = _body.Read(table, row.Values, body);
        _rules.Check(table, values);
        _ = sandbox.Registration.Put(table, row.Id, values);
        return new NoContentAnswer();
    }

    private NoContentAnswer Delete(ComponentTable table, string key)
    {
        Require(table, "Delete");
        _ = sandbox.Registration.Remove(table, Existing(table, key).Id);
        return new NoContentAnswer();
    }

    private List<Component> Sorted(ComponentTable table, ApiRequest request)
    {
        var filter = ComponentFilter.Parse(table, sandbox.Registration, request.Option("$filter"));
        var rows = sandbox.Registration.All(table).Where(filter);
        if (request.Option("$orderby") is not { } order)
        {
            return [.. rows];
        }

        var words = order.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var column = table.Column(words[0]) ?? throw ComponentFilter.NoProperty(table, words[0]);
        return words is [_, "desc"]
            ? [.. rows.OrderByDescending(row => row[column.Name])]
            : [.. rows.OrderBy(row => row[column.Name])];
    }

    private Component Existing(ComponentTable table, string key) =>
        Guid.TryParse(key, out var id) && sandbox.Registration.Find(table.SetName, id) is { } row
            ? row
            : throw new ApiException(
                404,
                ErrorCodes.DoesNotExist,
                string.Create(CultureInfo.InvariantCulture, $"Entity '{table.Name}' With Id = {key} Does Not Exist"));

    private void Require(ComponentTable table, string right)
    {
        var privilege = $"prv{right}{table.SchemaName}";
        if (_refused.ContainsKey(privilege))
        {
            throw new ApiException(
                403, ErrorCodes.PrivilegeDenied, $"Principal user is missing {privilege} privilege.");
        }
    }
}
