using Microsoft.Extensions.Options;

namespace DataExport.Targets.Sqlite;

/// <summary>Stops the start on a limit out of range, naming it.</summary>
internal sealed class SqliteTargetOptionsValidation : IValidateOptions<SqliteTargetOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteTargetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options switch
        {
            { BusyTimeout: var wait } when wait < TimeSpan.Zero || wait > TimeSpan.FromMinutes(5) =>
                Out(nameof(options.BusyTimeout), "0 to 5 minutes"),
            { WriterCacheKibibytes: < 64 or > 4 * 1024 * 1024 } =>
                Out(nameof(options.WriterCacheKibibytes), "64 to 4,194,304"),
            { ReaderCacheKibibytes: < 64 or > 4 * 1024 * 1024 } =>
                Out(nameof(options.ReaderCacheKibibytes), "64 to 4,194,304"),
            { CheckpointPages: < 10 or > 1_000_000 } => Out(nameof(options.CheckpointPages), "10 to 1,000,000"),
            { LogPagesMax: < 10 or > 10_000_000 } => Out(nameof(options.LogPagesMax), "10 to 10,000,000"),
            { UpdateStatementsMax: < 1 or > 10_000 } => Out(nameof(options.UpdateStatementsMax), "1 to 10,000"),
            { AskRowsMax: < 1 or > 100_000 } => Out(nameof(options.AskRowsMax), "1 to 100,000"),
            _ => ValidateOptionsResult.Success,
        };
    }

    private static ValidateOptionsResult Out(string option, string range) =>
        ValidateOptionsResult.Fail($"{nameof(SqliteTargetOptions)}.{option} is out of range. Allowed: {range}.");
}
