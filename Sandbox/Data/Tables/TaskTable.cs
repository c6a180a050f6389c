namespace DataExport.Sandbox;

/// <summary>Task activities.</summary>
internal static class TaskTable
{
    private static readonly TableNames Names = new("task", "Task", "tasks")
    {
        PrimaryId = "activityid",
        PrimaryName = "subject",
        ObjectTypeCode = 4212,
        ReadPrivilege = "prvReadActivity",
        IsActivity = true,
    };

    public static SandboxTable Build(TableCatalog catalog, int seed) => new TableBuilder(catalog, seed, Names)
        .Id("activityid")
        .Text("subject", 200, TextStyle.Words, nulls: 0)
        .Memo("description", 2000, 50)
        .Text("category", 250, TextStyle.Words, 60)
        .Text("subcategory", 250, TextStyle.Words, 80)
        .State(
            "Open|Completed|Canceled",
            "0:2=Not Started|0:3=In Progress|0:4=Waiting on someone else|0:7=Deferred|1:5=Completed|2:6=Canceled")
        .Owned()
        .Lookup("regardingobjectid", "account|contact|opportunity", 20)
        .Lookup("slaid", "sla", 90)
        .Currency()
        .Choice("prioritycode", "Low|Normal|High", 0, 0)
        .Boolean("isbilled", "isworkflowcreated", "isregularactivity")
        .Integer("percentcomplete", 0, 100, 20)
        .Integer("actualdurationminutes", 0, int.MaxValue, 50)
        .Integer("scheduleddurationminutes", 0, int.MaxValue, 50)
        .Time("scheduledstart", nulls: 30)
        .Time("scheduledend", nulls: 20)
        .Time("actualstart", nulls: 60)
        .Time("actualend", nulls: 60)
        .Time("sortdate", SandboxDateBehavior.DateOnly, 80)
        .UniqueIdentifier("processid")
        .Tracked()
        .Build();
}
