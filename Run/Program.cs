using System.CommandLine;
using System.Globalization;
using DataExport.Client;
using DataExport.Run;
using DataExport.Run.Commands;
using DataExport.Run.Hosting;
using DataExport.Sandbox;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

using var stop = new CancellationTokenSource();
var parsed = RunCommand.Create(TimeProvider.System).Parse(args);

// The silo command has a host of its own, which does the same for itself.
using var signals = parsed.CommandResult.Command.Name is "silo" ? null : Signals.CancelOnRequest(stop);
var configuration = new InvocationConfiguration
{
    // Ending takes as long as what is in flight; it is not cut off after two seconds.
    ProcessTerminationTimeout = null,
    EnableDefaultExceptionHandler = false,
};
try
{
    return await parsed.InvokeAsync(configuration, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return ExitCode.Error;
}
catch (Exception exception) when (exception is RunException or DataExportException or ImportException
    or IOException or HttpRequestException)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.Error;
}
