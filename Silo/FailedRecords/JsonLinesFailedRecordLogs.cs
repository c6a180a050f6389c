using System.Collections.Concurrent;
using DataExport.Grains.Ports;
using DataExport.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.FailedRecords;

/// <summary>The failure logs of this silo's profiles, one file set a profile.</summary>
internal sealed class JsonLinesFailedRecordLogs(
    IOptions<FailedRecordLogOptions> options, IOptions<SiloOptions> silo, TimeProvider clock)
    : IFailedRecordLogs, IDisposable
{
    private readonly ConcurrentDictionary<string, JsonLinesFailedRecordLog> _logs = new(StringComparer.Ordinal);

    private readonly string _directory =
        options.Value.Directory ?? Path.Combine(silo.Value.DataDirectory, "failed-records");

    /// <inheritdoc/>
    public IFailedRecordLog For(string profileId)
    {
        // Ids are the silo's own. Should one ever come from outside, it must not name a file elsewhere.
        if (profileId.Length == 0 || !profileId.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("A profile id has letters and digits only.", nameof(profileId));
        }

        return _logs.GetOrAdd(
            profileId, id => new JsonLinesFailedRecordLog(_directory, id, options.Value, clock));
    }

    public void Dispose()
    {
        foreach (var log in _logs.Values)
        {
            log.Dispose();
        }
    }
}
