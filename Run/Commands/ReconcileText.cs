using System.Globalization;

namespace DataExport.Run.Commands;

/// <summary>A reconcile's report in words.</summary>
internal static class ReconcileText
{
    /// <summary>Whether all tables were compared, and nothing differs that is not repaired.</summary>
    public static bool IsInStep(ReconcileReport report) =>
        report.Phase is ReconcilePhase.Done && report.Tables.All(static table =>
            table is { Phase: ReconcilePhase.Done, Undecided: 0 }
            && table.Different == table.Repaired + table.Asked);

    public static void Write(string profile, ReconcileReport report, TextWriter output)
    {
        var took = (report.EndedOn ?? report.StartedOn) - report.StartedOn;
        var requests = report.Tables.Sum(static table => table.SourceRequests);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Profile '{profile}': {report.Phase} after {took.TotalSeconds:0.0} s and {requests:N0} requests."));
        foreach (var table in report.Tables)
        {
            Write(table, output);
        }
    }

    private static void Write(TableReconcileReport table, TextWriter output)
    {
        var repaired = table.Repaired + table.Asked + table.Rejected == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" Repaired {table.Repaired:N0}, asked once more {table.Asked:N0}, rejected {table.Rejected:N0}.");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Table}: {table.Phase}. {table.RowsAtSource:N0} rows at the source, {table.RowsInTarget:N0} in the "
            + $"target. {Differences(table)}{repaired}"));
        if (table.Message is { } message)
        {
            output.WriteLine($"  {message}");
        }

        foreach (var drift in table.Drifts)
        {
            var columns = drift.Columns.IsDefaultOrEmpty ? "" : $": {string.Join(", ", drift.Columns)}";
            output.WriteLine($"  {drift.Kind} {drift.RecordId:D}{columns}");
        }

        if (table.Different > table.Drifts.Length)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  and {table.Different - table.Drifts.Length:N0} more"));
        }
    }

    private static string Differences(TableReconcileReport table)
    {
        (string Word, long Rows)[] kinds =
        [
            ("missing", table.Missing), ("extra", table.Extra), ("stale", table.Stale), ("ahead", table.Ahead),
            ("altered", table.Altered), ("undecided", table.Undecided),
        ];
        var told = kinds.Where(static kind => kind.Rows > 0)
            .Select(static kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Rows:N0} {kind.Word}"))
            .ToArray();
        return told.Length == 0 ? "Nothing differs." : $"{string.Join(", ", told)}.";
    }
}
