using System.Diagnostics;
using System.Text.Json;
using DataExport.Api;

namespace DataExport.Silo.Api;

/// <summary>Turns what went wrong into the API's error body. Stands outermost.</summary>
internal sealed partial class ApiErrors(ILogger<ApiErrors> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has left: there is nobody to answer, and nothing failed.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception);
        }
    }

    /// <summary>Answers with the error body.</summary>
    public static Task WriteAsync(HttpContext context, int status, string message, string details = "")
    {
        context.Response.StatusCode = status;
        var error = new ErrorView(CorrelationOf(context), message, details);
        return context.Response.WriteAsJsonAsync(error, ApiJson.Options);
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ApiException refused:
                return WriteAsync(context, refused.Status, refused.Message, refused.Details);
            case ProfileException refused:
                // What reaches a grain has been validated: what it refuses clashes with what there is.
                return WriteAsync(context, StatusCodes.Status409Conflict, refused.Message);
            case JsonException malformed:
                return WriteAsync(context, StatusCodes.Status400BadRequest, JsonFault.Describe(malformed));
            case BadHttpRequestException bad:
                return WriteAsync(context, bad.StatusCode, bad.Message);
            case TimeoutException or OperationCanceledException:
                LogTimedOut(exception, CorrelationOf(context), context.Request.Path);
                return WriteAsync(
                    context, StatusCodes.Status504GatewayTimeout, "The silo did not finish in time. Ask again later.");
            default:
                // Its text is for the operator's log alone: nobody has looked at what it may hold.
                LogFailed(exception, CorrelationOf(context), context.Request.Path);
                return WriteAsync(
                    context,
                    StatusCodes.Status500InternalServerError,
                    "The silo failed. Its log says more under the correlation id.");
        }
    }

    private static string CorrelationOf(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    [LoggerMessage(LogLevel.Error, "Request {CorrelationId} to {Path} failed")]
    private partial void LogFailed(Exception exception, string correlationId, string path);

    [LoggerMessage(LogLevel.Warning, "Request {CorrelationId} to {Path} timed out")]
    private partial void LogTimedOut(Exception exception, string correlationId, string path);
}

/// <summary>A request that is refused with a status of its own.</summary>
internal sealed class ApiException(int status, string message, string details = "") : Exception(message)
{
    public int Status { get; } = status;

    public string Details { get; } = details;
}
