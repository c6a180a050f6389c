using System.Collections.Frozen;
using System.Globalization;
using System.Net.Sockets;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient;
using static DataExport.Targets.Layout.FaultKind;

namespace DataExport.Targets.SqlServer;

/// <summary>
/// What SQL Server's error numbers mean for the work. Nothing else compares them. Sources: sys.messages; "Troubleshoot
/// transient connection errors" and "Resource management" in the documentation of Azure SQL Database.
/// </summary>
internal static class SqlServerErrors
{
    /// <summary>User-defined messages begin here: somebody's trigger or check raised them.</summary>
    private const int FirstOfUsers = 50_000;

    /// <summary>From this class on the server ends the connection.</summary>
    private const int FatalClass = 20;

    private static readonly FrozenDictionary<int, TargetFault> _byNumber = new Dictionary<int, TargetFault>
    {
        // The network and the client. Small numbers are the operating system's own.
        [-2] = new(Transient, "no answer in time"),
        [-1] = new(Transient, "the connection could not be made"),
        [0] = new(Transient, "the connection broke"),
        [2] = new(Transient, "the server was not found or does not answer"),
        [20] = new(Permission, "the server does not encrypt as the connection string demands"),
        [35] = new(Transient, "the connection failed inside the driver"),
        [40] = new(Transient, "the connection could not be opened"),
        [53] = new(Transient, "the server was not found on the network"),
        [64] = new(Transient, "the server closed the connection during the login"),
        [121] = new(Transient, "the network's time-out passed"),
        [233] = new(Transient, "the server closed the connection before the login"),
        [258] = new(Transient, "waiting for the network timed out"),
        [10053] = new(Transient, "the connection was aborted on this side"),
        [10054] = new(Transient, "the connection was reset by the server"),
        [10060] = new(Transient, "the server did not answer to the connection"),
        [10061] = new(Transient, "the server refused the connection"),
        [11001] = new(Transient, "the server's name could not be resolved"),
        [17142] = new(Transient, "the server is paused"),
        [17187] = new(Transient, "the server is still starting"),
        [6005] = new(Transient, "the server shuts down"),

        // Logins, rights, firewalls.
        [229] = new(Permission, "a right on an object is missing"),
        [230] = new(Permission, "a right on a column is missing"),
        [262] = new(Permission, "a right in the database is missing"),
        [297] = new(Permission, "the user may not do this"),
        [300] = new(Permission, "a right on the server is missing"),
        [916] = new(Permission, "the login has no access to the database"),
        [2760] = new(Permission, "the schema does not exist or may not be used"),
        [3906] = new(Permission, "the database is read-only"),
        [4064] = new(Permission, "the user's default database cannot be opened"),
        [15247] = new(Permission, "the user may not do this"),
        [15151] = new(Permission, "an object does not exist or may not be altered"),
        [18452] = new(Permission, "the login comes from a domain that is not trusted"),
        [18456] = new(Permission, "the login failed"),
        [18486] = new(Permission, "the login is locked out"),
        [18487] = new(Permission, "the password has expired"),
        [18488] = new(Permission, "the password must be changed"),
        [40532] = new(Permission, "the server or the login was not recognised"),
        [40615] = new(Permission, "the firewall does not let this address through"),
        [40914] = new(Permission, "the virtual network is not let through"),
        [47073] = new(Permission, "public access to the server is denied"),

        // Fail-over, start and reconfiguration.
        [615] = new(Transient, "the database's id changed, as after a restore"),
        [921] = new(Transient, "the database has not been recovered yet"),
        [922] = new(Transient, "the database is being recovered"),
        [924] = new(Transient, "the database is open for one user only"),
        [926] = new(Capacity, "the database is marked suspect"),
        [942] = new(Transient, "the database is offline"),
        [945] = new(Capacity, "files of the database are missing, or memory or disk is short"),
        [952] = new(Transient, "the database is in transition"),
        [976] = new(Transient, "the database is a secondary that takes no connections"),
        [978] = new(Transient, "the secondary takes only connections that read"),
        [979] = new(Transient, "the secondary takes only connections that read"),
        [981] = new(Transient, "the secondary does not take reading connections yet"),
        [982] = new(Transient, "the replica takes no connections"),
        [983] = new(Transient, "the replica is changing its role"),
        [988] = new(Transient, "the primary waits for its replicas"),
        [4060] = new(Transient, "the database cannot be opened now"),
        [4221] = new(Transient, "the secondary waits for transactions of its primary"),
        [40020] = new(Transient, "the replica is not the primary any more"),
        [40143] = new(Transient, "the service met an error while it processed the request"),
        [40166] = new(Transient, "the partition is being moved"),
        [40197] = new(Transient, "the service met an error: an upgrade, a failure or a fail-over"),
        [40540] = new(Transient, "the service met an error and rolled back"),
        [40613] = new(Transient, "the database is not available now"),
        [42108] = new(Transient, "the pool of the database is paused"),
        [42109] = new(Transient, "the pool of the database is resuming"),

        // Too much to do.
        [701] = new(Throttled, "the server is out of memory"),
        [802] = new(Throttled, "the buffer pool is out of memory"),
        [8628] = new(Throttled, "optimising waited too long for memory"),
        [8645] = new(Throttled, "a query waited too long for memory"),
        [8651] = new(Throttled, "the least memory for a query was not there"),
        [8657] = new(Throttled, "the memory for a query is more than it may have"),
        [10928] = new(Throttled, "the limit of workers or sessions is reached"),
        [10929] = new(Throttled, "the server is too busy for more than its guaranteed minimum"),
        [10936] = new(Throttled, "the limit of requests of the pool is reached"),
        [17300] = new(Throttled, "the server has no resources for another session"),
        [17809] = new(Throttled, "the server has too many connections"),
        [17889] = new(Throttled, "the server has no resources for another connection"),
        [40501] = new(Throttled, "the service is busy"),
        [40549] = new(Throttled, "the transaction ran for too long and was ended"),
        [40550] = new(Throttled, "the transaction held too many locks and was ended"),
        [40551] = new(Throttled, "the transaction took too much of TEMPDB and was ended"),
        [40552] = new(Throttled, "the transaction took too much of the log and was ended"),
        [40553] = new(Throttled, "the session took too much memory and was ended"),
        [49918] = new(Throttled, "there are not enough resources for the request"),
        [49919] = new(Throttled, "too many databases are being created or changed"),
        [49920] = new(Throttled, "too many operations run in the subscription"),

        // Locks and transactions.
        [669] = new(Transient, "the row was moved while it was read"),
        [1203] = new(Transient, "a lock was lost"),
        [1204] = new(Throttled, "the server has no more locks to give"),
        [1205] = new(Transient, "the transaction was chosen to end a dead-lock"),
        [1221] = new(Transient, "a lock was released twice"),
        [1222] = new(Transient, "a lock could not be had in time"),
        [3930] = new(Transient, "the transaction failed before"),
        [3952] = new(Bug, "snapshots are not allowed in the database"),
        [3960] = new(Transient, "a snapshot met a newer change"),
        [3961] = new(Transient, "a table was changed while a snapshot read it"),
        [3966] = new(Transient, "a transaction was ended for lack of versions of a row"),
        [3967] = new(Capacity, "the store of row versions is full"),
        [14355] = new(Transient, "a lock of the agent's could not be had"),

        // Space.
        [1101] = new(Capacity, "the filegroup has no page left"),
        [1105] = new(Capacity, "the filegroup or the disk is full"),
        [3257] = new(Capacity, "the disk is full"),
        [3958] = new(Capacity, "the store of row versions is full"),
        [3959] = new(Capacity, "the store of row versions is full"),
        [5149] = new(Capacity, "a file of the database cannot grow"),
        [9001] = new(Capacity, "the log of the database is not available"),
        [9002] = new(Capacity, "the log of the database is full"),
        [40544] = new(Capacity, "the database has reached the size that it may have"),
        [823] = new(Capacity, "reading or writing a file failed"),
        [824] = new(Capacity, "a page is damaged"),
        [825] = new(Capacity, "a page was read only after several tries"),

        // The data.
        [220] = new(RefusedData, "a number is out of its column's range"),
        [232] = new(RefusedData, "a number is out of its column's range"),
        [241] = new(RefusedData, "a text is no time"),
        [242] = new(RefusedData, "a time is out of its column's range"),
        [244] = new(RefusedData, "a text is a number out of range"),
        [245] = new(RefusedData, "a text is not of its column's type"),
        [248] = new(RefusedData, "a text is a number out of range"),
        [295] = new(RefusedData, "a text is no time"),
        [511] = new(RefusedData, "a row is larger than 8,060 bytes"),
        [515] = new(RefusedData, "a column must not be empty"),
        [517] = new(RefusedData, "a time is out of its column's range"),
        [544] = new(RefusedData, "a number is given to a column that numbers itself"),
        [547] = new(RefusedData, "a foreign key or a check constraint is not met"),
        [550] = new(RefusedData, "the check of a view is not met"),
        [1946] = new(RefusedData, "the key of an index is too long"),
        [2601] = new(RefusedData, "a unique index has the key already"),
        [2627] = new(RefusedData, "a unique key exists already"),
        [2628] = new(RefusedData, "a text is longer than its column"),
        [3609] = new(RefusedData, "a trigger ended the transaction"),
        [4815] = new(RefusedData, "a text is longer than its column"),
        [4819] = new(RefusedData, "a bulk copy does not fit the table"),
        [7119] = new(RefusedData, "a text is larger than 2 GB"),
        [8114] = new(RefusedData, "a value is not of its column's type"),
        [8115] = new(RefusedData, "a number is out of its column's range"),
        [8134] = new(RefusedData, "something was divided by zero"),
        [8152] = new(RefusedData, "a text is longer than its column"),
        [8169] = new(RefusedData, "a text is no id"),
        [9420] = new(RefusedData, "a character has no place in the target"),

        // The schema.
        [207] = new(Schema, "a column does not exist"),
        [208] = new(Schema, "a table does not exist"),
        [213] = new(Schema, "a table has another number of columns"),
        [271] = new(Schema, "a column is computed"),
        [1088] = new(Schema, "a table does not exist or may not be used"),
        [1505] = new(Schema, "keys of the table are there twice"),
        [1701] = new(Schema, "a row of the table could be larger than 8,060 bytes"),
        [1702] = new(Schema, "a table has too many columns"),
        [1750] = new(Schema, "a constraint or an index could not be created"),
        [1769] = new(Schema, "a column does not exist"),
        [1779] = new(Schema, "the table has a primary key already"),
        [1911] = new(Schema, "a column does not exist"),
        [1913] = new(Schema, "an index of that name exists already"),
        [2705] = new(Schema, "a column of that name exists already"),
        [2714] = new(Schema, "an object of that name exists already"),
        [2715] = new(Schema, "a type does not exist"),
        [2801] = new(Transient, "the definition of an object changed meanwhile"),
        [3701] = new(Schema, "an object does not exist or may not be dropped"),
        [3728] = new(Schema, "a constraint does not exist"),
        [4502] = new(Schema, "a view has another number of columns"),
        [4902] = new(Schema, "a table does not exist or may not be altered"),
        [4922] = new(Schema, "a column cannot be altered: something depends on it"),
        [4924] = new(Schema, "a column does not exist in the table"),
        [5074] = new(Schema, "an index or constraint depends on the column"),
        [206] = new(Schema, "a column has another type than it had"),
        [257] = new(Schema, "a column has another type than it had"),
        [8144] = new(Bug, "a statement has too many arguments"),

        // Ours.
        [102] = new(Bug, "the statement cannot be read"),
        [105] = new(Bug, "a quoted text does not end"),
        [137] = new(Bug, "a variable is not declared"),
        [156] = new(Bug, "the statement cannot be read"),
        [201] = new(Bug, "a parameter is missing"),
        [2812] = new(Bug, "a procedure does not exist"),
        [8178] = new(Bug, "a parameter was not given"),
    }.ToFrozenDictionary();

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
