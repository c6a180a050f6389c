namespace DataExport.Sandbox;

/// <summary>Locks that keep two changes of one record apart, and now and then those of two records, too.</summary>
internal sealed class RecordLocks
{
    private const int Stripes = 256;

    private readonly Lock[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Lock())];

    public Lock Of(SandboxTable table, uint number) =>
        _stripes[Mixer.Mix(((ulong)table.Index << 32) | number) % Stripes];
}
