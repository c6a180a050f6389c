namespace DataExport.Grains.Fence;

/// <summary>What kind of thing is known of a record, and from where.</summary>
public enum EvidenceKind
{
    /// <summary>A create notification: columns and <see cref="Evidence.Instant"/> = <c>modifiedon</c>.</summary>
    NotifiedCreate = 0,

    /// <summary>
    /// An update notification: the sent columns and <see cref="Evidence.Instant"/> = <c>modifiedon</c>.
    /// </summary>
    NotifiedUpdate = 1,

    /// <summary>A delete notification: <see cref="Evidence.Instant"/> = time of the operation.</summary>
    NotifiedDelete = 2,

    /// <summary>Nothing usable: ask.</summary>
    Question = 3,

    /// <summary>
    /// A row of a page or delta page: all columns, version, <see cref="Evidence.Instant"/> = read's beginning.
    /// </summary>
    ReadUpsert = 4,

    /// <summary>A deletion of a delta page: <see cref="Evidence.Instant"/> = the read's beginning.</summary>
    ReadDeletion = 5,

    /// <summary>A fetched row: all columns, version, and the stamp the record bore when the fetch was sent.</summary>
    FetchedRow = 6,

    /// <summary>
    /// The source has no such record, and the same batch proved that the caller reads the whole table.
    /// </summary>
    FetchedAbsent = 7,

    /// <summary>
    /// A row of an id-only delta page: the record changed during the load, its version and no columns.
    /// </summary>
    Moved = 8,

    /// <summary>
    /// A row of a page or delta page that the table's filter leaves out: version, <see cref="Evidence.Instant"/> =
    /// read's beginning.
    /// </summary>
    ReadOutside = 9,

    /// <summary>
    /// A fetched row that the table's filter leaves out: version, and the stamp that the record bore when the fetch was
    /// sent.
    /// </summary>
    FetchedOutside = 10,

    /// <summary>A notification whose columns or image say that the table's filter leaves the record out.</summary>
    NotifiedOutside = 11,
}

/// <summary>What is known of a record. All instants UTC.</summary>
/// <param name="Kind">From where it is known.</param>
/// <param name="Instant">See <see cref="EvidenceKind"/>; <see langword="null"/> when not told.</param>
/// <param name="Version">The version number of a read or fetched row.</param>
/// <param name="ExpectedStamp">
/// The stamp when a fetch was sent; <see langword="null"/>: no row, no tombstone, no stamp.
/// </param>
/// <param name="QuestionNumber">The highest number of the record's question when a fetch was sent.</param>
/// <param name="Reason">Why to ask, for <see cref="EvidenceKind.Question"/>.</param>
/// <param name="Overrides">The read is a resync, repair or refresh: it writes whatever the versions say.</param>
/// <param name="NewestInstant">
/// Of notifications that were folded: the newest <c>modifiedon</c>. <see cref="Instant"/> is the oldest, which the
/// fence meets.
/// </param>
public readonly record struct Evidence(
    EvidenceKind Kind,
    DateTime? Instant = null,
    VersionNumber Version = default,
    DateTime? ExpectedStamp = null,
    long QuestionNumber = 0,
    UncertainReason Reason = UncertainReason.None,
    bool Overrides = false,
    DateTime? NewestInstant = null)
{
    /// <summary>
    /// The <c>modifiedon</c> of a row that notifications write: the newest, or a late one would count as newer.
    /// </summary>
    public DateTime? RowModifiedOn => NewestInstant ?? Instant;
}
