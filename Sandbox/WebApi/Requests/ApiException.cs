namespace DataExport.Sandbox;

/// <summary>Ends a request with one of Dataverse's errors.</summary>
internal sealed class ApiException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static ApiException BadRequest(string message) => new(400, ErrorCodes.InvalidArgument, message);

    public static ApiException NoResource(string segment) => new(
        404, ErrorCodes.UndeclaredProperty, $"Resource not found for the segment '{segment}'.");
}

/// <summary>Codes that Dataverse's errors carry.</summary>
internal static class ErrorCodes
{
    public const string InvalidArgument = "0x80040203";
    public const string UndeclaredProperty = "0x80060888";
    public const string DoesNotExist = "0x80040217";
    public const string PrivilegeDenied = "0x80040220";
    public const string Unavailable = "0x80060891";
    public const string ExpiredVersionStamp = "0x80044352";
    public const string ExecutionTimeExceeded = "0x80072321";
    public const string TooManyRequests = "0x80072322";
    public const string TooManyConcurrentRequests = "0x80072326";
}
