namespace DataExport.Sandbox;

/// <summary>Notes. Their texts can be long.</summary>
internal static class AnnotationTable
{
    private static readonly TableNames Names = new("annotation", "Annotation", "annotations")
    {
        PrimaryId = "annotationid",
        PrimaryName = "subject",
        ObjectTypeCode = 5,
        ReadPrivilege = "prvReadNote",
    };

    public static SandboxTable Build(TableCatalog catalog, int seed) => new TableBuilder(catalog, seed, Names)
        .Id("annotationid")
        .Text("subject", 500, TextStyle.Words, nulls: 0)
        .Memo("notetext", 100_000, 10)
        .Text("filename", 255, TextStyle.Code, 60)
        .Text("mimetype", 256, TextStyle.Code, 60)
        .Text("langid", 2, TextStyle.Code, 80)
        .Text("stepid", 32, TextStyle.Code, 80)
        .Integer("filesize", 0, 1_000_000_000, 60)
        .Boolean("isdocument")
        .Lookup("objectid", "account|contact|opportunity|email|task", 10)
        .Owned()
        .Tracked()
        .Build();
}
