using System.Net;
using DataExport.Api;

namespace DataExport.Client;

/// <summary>The silo refused or failed. The message is the silo's own and says what to do.</summary>
public class DataExportException : Exception
{
    /// <summary>For the silo's error body.</summary>
    public DataExportException(HttpStatusCode status, ErrorView error) : base(error?.Message)
    {
        ArgumentNullException.ThrowIfNull(error);
        (Status, CorrelationId, Details) = (status, error.CorrelationId, error.Details);
    }

    /// <summary>For what did not come from the silo.</summary>
    public DataExportException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>For what did not come from the silo.</summary>
    public DataExportException(string message) : base(message)
    {
    }

    /// <summary>Without a message.</summary>
    public DataExportException()
    {
    }

    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Stands in the silo's log beside what happened; empty when the answer did not say.</summary>
    public string CorrelationId { get; } = "";

    /// <summary>More, where there is more to say; one finding a line.</summary>
    public string Details { get; } = "";
}

/// <summary>There is no such profile.</summary>
public sealed class ProfileNotFoundException : DataExportException
{
    /// <summary>For the silo's error body.</summary>
    public ProfileNotFoundException(ErrorView error) : base(HttpStatusCode.NotFound, error)
    {
    }

    /// <summary>For what did not come from the silo.</summary>
    public ProfileNotFoundException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>For what did not come from the silo.</summary>
    public ProfileNotFoundException(string message) : base(message)
    {
    }

    /// <summary>Without a message.</summary>
    public ProfileNotFoundException()
    {
    }
}
