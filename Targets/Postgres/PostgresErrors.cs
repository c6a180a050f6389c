using System.Collections.Frozen;
using System.Net.Sockets;
using DataExport.Targets.Layout;
using Npgsql;
using static DataExport.Targets.Layout.FaultKind;

namespace DataExport.Targets.Postgres;

/// <summary>
/// What PostgreSQL's SQLSTATEs mean for the work. Nothing else compares them. Source: PostgreSQL's manual, appendix A.
/// </summary>
internal static class PostgresErrors
{
    private static readonly FrozenDictionary<string, TargetFault> _byState = new Dictionary<string, TargetFault>
    {
        ["08000"] = new(Transient, "the connection failed"),
        ["08001"] = new(Transient, "the connection could not be made"),
        ["08003"] = new(Transient, "the connection does not exist any more"),
        ["08004"] = new(Permission, "the server rejected the connection"),
        ["08006"] = new(Transient, "the connection broke"),
        ["08007"] = new(Transient, "nobody knows whether the transaction was committed"),
        ["0A000"] = new(Schema, "a view or rule uses the column and must be dropped first, or a column has changed"),
        ["22000"] = new(RefusedData, "the value has no place in its column"),
        ["22001"] = new(RefusedData, "a text is longer than its column"),
        ["22003"] = new(RefusedData, "a number is out of its column's range"),
        ["22007"] = new(RefusedData, "a time has a form that is not known"),
        ["22008"] = new(RefusedData, "a time is out of range"),
        ["22021"] = new(RefusedData, "a text holds a byte that is no UTF-8, or the character 0"),
        ["2202E"] = new(RefusedData, "an array has a wrong number of elements"),
        ["22P02"] = new(RefusedData, "a text is not of its column's type"),
        ["22P03"] = new(RefusedData, "a binary value is not of its column's type"),
        ["22P04"] = new(Bug, "rows that were copied have a wrong form"),
        ["22P05"] = new(RefusedData, "a character has no place in the database's encoding"),
        ["23001"] = new(RefusedData, "a foreign key restricts the change"),
        ["23502"] = new(RefusedData, "a column must not be empty"),
        ["23503"] = new(RefusedData, "a foreign key is not met"),
        ["23505"] = new(RefusedData, "a unique key exists already"),
        ["23514"] = new(RefusedData, "a check constraint is not met"),
        ["23P01"] = new(RefusedData, "an exclusion constraint is not met"),
        ["25006"] = new(Transient, "the server is read-only, as a standby is: the primary may have moved"),
        ["25P02"] = new(Transient, "the transaction failed before"),
        ["25P03"] = new(Transient, "the session sat idle in its transaction for too long"),
        ["25P04"] = new(Transient, "the transaction took too long"),
        ["28000"] = new(Permission, "the login is not permitted"),
        ["28P01"] = new(Permission, "user or password is wrong"),
        ["3D000"] = new(Permission, "the database does not exist"),
        ["3F000"] = new(Schema, "the schema does not exist"),
        ["40001"] = new(Transient, "the transaction could not be put in order with others"),
        ["40002"] = new(RefusedData, "the transaction broke a constraint"),
        ["40003"] = new(Transient, "nobody knows whether the statement was completed"),
        ["40P01"] = new(Transient, "the transaction was chosen to end a dead-lock"),
        ["42501"] = new(Permission, "a right is missing"),
        ["42601"] = new(Bug, "the statement cannot be read"),
        ["42701"] = new(Schema, "a column of that name exists already"),
        ["42703"] = new(Schema, "a column does not exist"),
        ["42704"] = new(Schema, "a type or object does not exist"),
        ["42804"] = new(Schema, "a column has another type than it had"),
        ["42809"] = new(Schema, "an object is of another kind, such as a view in place of a table"),
        ["42883"] = new(Bug, "a function does not exist"),
        ["42P01"] = new(Schema, "a table does not exist"),
        ["42P07"] = new(Schema, "a table of that name exists already"),
        ["42P16"] = new(Schema, "a table cannot be defined like that"),
        ["53000"] = new(Throttled, "the server lacks resources"),
        ["53100"] = new(Capacity, "the disk is full"),
        ["53200"] = new(Throttled, "the server is out of memory"),
        ["53300"] = new(Throttled, "the server has too many connections"),
        ["53400"] = new(Capacity, "a limit that was configured is exceeded"),
        ["54000"] = new(RefusedData, "a limit of the server is exceeded, such as the size of a row"),
        ["54001"] = new(Bug, "the statement is too complex"),
        ["54011"] = new(Schema, "a table has too many columns"),
        ["55000"] = new(Transient, "an object is not in the state that is needed"),
        ["55006"] = new(Transient, "an object is in use"),
        ["55P03"] = new(Transient, "a lock could not be had in time"),
        ["57014"] = new(Transient, "the statement was cancelled or took too long"),
        ["57P01"] = new(Transient, "the server shuts down"),
        ["57P02"] = new(Transient, "the server crashed"),
        ["57P03"] = new(Transient, "the server starts or shuts down"),
        ["57P04"] = new(Permission, "the database was dropped"),
        ["57P05"] = new(Transient, "the session sat idle for too long"),
        ["58000"] = new(Capacity, "the operating system failed"),
        ["58030"] = new(Capacity, "reading or writing a file failed"),
        ["58P01"] = new(Capacity, "a file of the database is missing"),
        ["XX000"] = new(Transient, "the server met an error of its own"),
        ["XX001"] = new(Capacity, "data of the database is damaged"),
        ["XX002"] = new(Capacity, "an index of the database is damaged"),
    }.ToFrozenDictionary();

    /// <summary>What a whole class of states means, where the state itself is not listed.</summary>
    private static readonly FrozenDictionary<string, TargetFault> _byClass = new Dictionary<string, TargetFault>
    {
        ["08"] = new(Transient, "the connection failed"),
        ["22"] = new(RefusedData, "a value cannot be stored"),
        ["23"] = new(RefusedData, "a constraint is not met"),
        ["28"] = new(Permission, "the login is not permitted"),
        ["40"] = new(Transient, "the transaction was rolled back"),
        ["42"] = new(Schema, "a statement does not fit the schema"),
        ["53"] = new(Throttled, "the server lacks resources"),
        ["54"] = new(RefusedData, "a limit of the server is exceeded"),
        ["55"] = new(Transient, "an object is not in the state that is needed"),
        ["57"] = new(Transient, "an operator or the server stepped in"),
        ["58"] = new(Capacity, "the operating system failed"),
        ["P0"] = new(RefusedData, "a trigger or function raised an error"),
    }.ToFrozenDictionary();

    /// <summary>What a SQLSTATE means.</summary>
    internal static TargetFault FaultOf(string state) =>
        _byState.GetValueOrDefault(state)
        ?? (state.Length == 5 ? _byClass.GetValueOrDefault(state[..2]) : null)
        ?? new TargetFault(Bug, "an error that is not known here");

    /// <summary>The exception of a failed call, or nothing if the failure is none of the server's.</summary>
    /// <remarks>What the server says of a value repeats the value, so its text is never passed on.</remarks>
    internal static Exception? ToException(Exception exception, string subject, bool isProvisioning = false)
    {
        var (fault, code) = exception switch
        {
            PostgresException answer => (FaultOf(answer.SqlState), answer.SqlState),
            NpgsqlException { InnerException: TimeoutException } => (new(Transient, "no answer in time"), "time-out"),
            NpgsqlException { InnerException: SocketException or IOException } =>
                (new TargetFault(Transient, "the connection broke or could not be made"), "network"),
            NpgsqlException => (new TargetFault(Transient, "the connection failed"), "client"),
            SocketException or IOException or TimeoutException =>
                (new TargetFault(Transient, "the connection broke or could not be made"), "network"),
            _ => (null, ""),
        };
        if (fault is null)
        {
            return null;
        }

        var named = exception is PostgresException said ? $"{subject}{PlaceOf(said)}" : subject;
        return isProvisioning
            ? TargetFaults.ToProvisioningException(fault, code, named)
            : TargetFaults.ToException(fault, code, named);
    }

    /// <summary>
    /// Whether a connection may know tables as they were: what it has prepared is then of no use to anybody.
    /// </summary>
    internal static bool IsOfOldSchema(Exception exception) =>
        exception is PostgresException answer && FaultOf(answer.SqlState).Kind is Schema or Bug;

    /// <summary>Table and column, as far as the server names them.</summary>
    private static string PlaceOf(PostgresException answer)
    {
        var table = answer.TableName is { Length: > 0 } named ? $", table '{named}'" : "";
        var column = answer.ColumnName is { Length: > 0 } told ? told : CopiedColumnOf(answer.Where);
        return column.Length > 0 ? $"{table}, column '{column}'" : table;
    }

    /// <summary>
    /// The column in "COPY table, line 1, column name". The binary form, which is the only one used here, tells no
    /// value.
    /// </summary>
    private static string CopiedColumnOf(string? where)
    {
        const string Before = ", column ";
        var place = where?.LastIndexOf(Before, StringComparison.Ordinal) ?? -1;
        return place >= 0 && where!.StartsWith("COPY ", StringComparison.Ordinal) && !where.Contains('\n')
            ? where[(place + Before.Length)..]
            : "";
    }
}
