using DataExport.Grains.Ports;

namespace DataExport.Grains.Tables;

/// <summary>Some ids of a walk, evenly spread over it, however long that is.</summary>
internal sealed class IdSample
{
    /// <summary>As many as one fetch takes.</summary>
    private const int IdsMax = 500;

    private readonly List<Guid> _ids = new(IdsMax);
    private long _seen;
    private long _stride = 1;

    /// <summary>The ids.</summary>
    public IReadOnlyList<Guid> Ids => _ids;

    public void Add(IReadOnlyList<SourceRow> rows)
    {
        foreach (var row in rows)
        {
            if (_seen++ % _stride == 0)
            {
                Add(row.RecordId);
            }
        }
    }

    private void Add(Guid id)
    {
        if (_ids.Count == IdsMax)
        {
            // Every other one goes, and from here on half as many come.
            for (var place = 0; place < IdsMax / 2; place++)
            {
                _ids[place] = _ids[place * 2];
            }

            _ids.RemoveRange(IdsMax / 2, IdsMax - (IdsMax / 2));
            _stride *= 2;
            return;
        }

        _ids.Add(id);
    }
}
