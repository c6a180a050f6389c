namespace DataExport.Sandbox;

/// <summary>The columns of an address, which accounts and contacts have twice.</summary>
internal static class Addresses
{
    public static TableBuilder Address(this TableBuilder table, string prefix, int nulls) => table
        .Choice(prefix + "_addresstypecode", "Bill To|Ship To|Primary|Other", nulls: nulls)
        .Text(prefix + "_name", 200, TextStyle.Company, nulls)
        .Text(prefix + "_line1", 250, TextStyle.Street, nulls)
        .Text(prefix + "_line2", 250, TextStyle.Street, 90)
        .Text(prefix + "_city", 80, TextStyle.City, nulls)
        .Text(prefix + "_stateorprovince", 50, TextStyle.City, nulls)
        .Text(prefix + "_postalcode", 20, TextStyle.Code, nulls)
        .Text(prefix + "_country", 80, TextStyle.Country, nulls)
        .Text(prefix + "_telephone1", 50, TextStyle.Phone, nulls)
        .Double(prefix + "_latitude", 5, -90, 90, nulls)
        .Double(prefix + "_longitude", 5, -180, 180, nulls)
        .Integer(prefix + "_utcoffset", -1500, 1500, nulls);
}
