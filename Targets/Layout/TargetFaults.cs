using DataExport.Grains.Ports;

namespace DataExport.Targets.Layout;

/// <summary>Turns a fault of an engine into what the callers of a target know.</summary>
internal static class TargetFaults
{
    /// <summary>The exception of a fault in daily work. It holds no value of a record.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="code">The engine's own number, to search for.</param>
    /// <param name="subject">What was being done, or to what.</param>
    /// <param name="inner">The engine's exception, only if its text holds no value of a record.</param>
    internal static Exception ToException(TargetFault fault, string code, string subject, Exception? inner = null) =>
        fault.Kind switch
        {
            FaultKind.RefusedData => new TargetRefusedException(
                $"{subject}: the row was refused ({code}: {fault.Meaning})."),
            FaultKind.Bug => new InvalidOperationException(
                $"{subject}: the engine answered {code}: {fault.Meaning}.", inner),
            FaultKind.Throttled => new TargetUnavailableException(
                $"{subject}: the target has too much to do ({code}: {fault.Meaning}).", inner)
            {
                IsThrottled = true,
            },
            FaultKind.Transient => new TargetUnavailableException(
                $"{subject}: the target is busy or away ({code}: {fault.Meaning}).", inner),

            // No row is to blame, so no row is given up: everything goes on once somebody has looked.
            _ => new TargetUnavailableException(
                $"{subject}: the target cannot be used until somebody mends it ({code}: {fault.Meaning}).", inner),
        };

    /// <summary>
    /// The exception of a fault while tables are made ready: what waiting does not mend is told at once.
    /// </summary>
    internal static Exception ToProvisioningException(
        TargetFault fault, string code, string subject, Exception? inner = null) =>
        fault.Kind is FaultKind.Permission or FaultKind.Schema or FaultKind.RefusedData
            ? new TargetRefusedException($"{subject}: {fault.Meaning} ({code}).", inner)
            : ToException(fault, code, subject, inner);
}
