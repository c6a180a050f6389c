namespace DataExport.Sandbox;

/// <summary>What the texts of a column look like.</summary>
internal enum TextStyle
{
    Words,
    Company,
    FirstName,
    LastName,
    City,
    Country,
    Street,
    Phone,
    Email,
    Url,
    Code,
    Memo,
}
