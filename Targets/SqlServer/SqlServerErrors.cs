using System.Globalization;
using System.Net.Sockets;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient;
using static DataExport.Targets.Layout.FaultKind;

namespace DataExport.Targets.SqlServer;

/// <summary>What SQL Server's error numbers mean for the work. Nothing else compares them.</summary>
internal static partial class SqlServerErrors
{
    /// <summary>User-defined messages begin here: somebody's trigger or check raised them.</summary>
    private const int FirstOfUsers = 50_000;

    /// <summary>From this class on the server ends the connection.</summary>
    private const int FatalClass = 20;

    private const int UniqueIndex = 2601;
    private const int UniqueKey = 2627;

    /// <summary>
    /// Servers that speak T-SQL without being SQL Server have no number of it for many of their errors: they send one
    /// for all, and only the text tells. The first fragment that is found counts.
    /// </summary>
    private const int Unmapped = 33_557_097;

    private static readonly (string Fragment, TargetFault Fault)[] _byText =
    [
        ("lock timeout", new(Transient, "a lock could not be had in time")),
        ("deadlock", new(Transient, "the transaction was chosen to end a dead-lock")),
        ("could not serialize", new(Transient, "the transaction could not be put in order with others")),
        ("statement timeout", new(Transient, "the statement took too long")),
        ("terminating connection", new(Transient, "the server ended the connection")),
        ("out of shared memory", new(Throttled, "the server has no more locks to give")),
        ("out of memory", new(Throttled, "the server is out of memory")),
        ("too many", new(Throttled, "the server has too much to do")),
        ("no space left", new(Capacity, "the disk is full")),
        ("permission denied", new(Permission, "a right is missing")),
        ("byte sequence", new(RefusedData, "a text holds a character that has no place in the target")),
        ("out of range", new(RefusedData, "a value is out of its column's range")),
        ("overflow", new(RefusedData, "a number is out of its column's range")),
        ("too long", new(RefusedData, "a text is longer than its column")),
        ("too big", new(RefusedData, "a row is too large")),
        ("violates", new(RefusedData, "a constraint is not met")),
        ("does not exist", new(Schema, "a table or column does not exist")),
        ("already exists", new(Schema, "an object of that name exists already")),
        ("syntax error", new(Bug, "the statement cannot be read")),
    ];

    /// <summary>How many numbers are known.</summary>
    internal static int Count => _byNumber.Count;

    /// <summary>What an error means.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="severity">Its class, which tells what to do about a number that is not listed.</param>
    /// <param name="text">Its text, which only counts where the number says nothing. Never passed on.</param>
    internal static TargetFault FaultOf(int number, byte severity, string text) =>
        _byNumber.GetValueOrDefault(number)
        ?? (number == Unmapped ? FaultOf(text) : null)
        ?? severity switch
        {
            >= FatalClass => new TargetFault(Transient, "the server ended the connection"),
            19 or 17 => new TargetFault(Throttled, "the server lacks resources"),
            18 => new TargetFault(Transient, "the server met an error of its own"),
            14 => new TargetFault(Permission, "a right is missing"),
            _ when number >= FirstOfUsers && number != Unmapped =>
                new TargetFault(RefusedData, "a trigger or procedure raised an error"),
            _ => new TargetFault(Bug, "an error that is not known here"),
        };

    /// <summary>Whether a row was there already.</summary>
    internal static bool IsKeyTaken(SqlException answer) =>
        answer.Errors.Cast<SqlError>().Any(static error => error.Number is UniqueIndex or UniqueKey);

    /// <summary>What a failure means, in words.</summary>
    internal static string MeaningOf(SqlException answer) => MainOf(answer).Fault.Meaning;

    /// <summary>The exception of a failed call, or nothing if the failure is none of the server's.</summary>
    /// <remarks>What the server says of a value repeats the value, so its text is never passed on.</remarks>
    internal static Exception? ToException(Exception exception, string subject, bool isProvisioning = false)
    {
        var (fault, code) = exception switch
        {
            SqlException answer => MainOf(answer),
            SocketException or IOException or TimeoutException =>
                (new TargetFault(Transient, "the connection broke or could not be made"), "network"),
            _ => (null, ""),
        };
        return fault is null ? null
            : isProvisioning ? TargetFaults.ToProvisioningException(fault, code, subject)
            : TargetFaults.ToException(fault, code, subject);
    }

    /// <summary>
    /// An answer may hold several errors: the first that is known tells, since "the statement has been terminated" and
    /// its like only follow.
    /// </summary>
    private static (TargetFault Fault, string Code) MainOf(SqlException answer)
    {
        var main = answer.Errors.Cast<SqlError>()
            .FirstOrDefault(static error => _byNumber.ContainsKey(error.Number) || error.Number == Unmapped);
        return main is null
            ? (FaultOf(answer.Number, answer.Class, answer.Message), CodeOf(answer.Number))
            : (FaultOf(main.Number, main.Class, main.Message), CodeOf(main.Number));
    }

    private static TargetFault? FaultOf(string text) => Array.Find(
        _byText, known => text.Contains(known.Fragment, StringComparison.OrdinalIgnoreCase)).Fault;

    private static string CodeOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
