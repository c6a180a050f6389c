namespace DataExport.Targets.Merging;

/// <summary>Takes the cells of a row, one after the other.</summary>
internal interface ICellWriter
{
    void AddNull();

    void Add(Guid value);

    void Add(int value);

    void Add(long value);

    void Add(bool value);

    void Add(decimal value);

    /// <summary>A time, UTC.</summary>
    void Add(DateTime value);

    /// <summary>A text.</summary>
    void Add(ReadOnlySpan<byte> utf8);
}
