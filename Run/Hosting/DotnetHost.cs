namespace DataExport.Run.Hosting;

/// <summary>The program that runs .NET assemblies.</summary>
internal static class DotnetHost
{
    /// <summary>The one that runs this process; when that is none, the one in the search path.</summary>
    public static string Path
    {
        get
        {
            var current = Environment.ProcessPath;
            return System.IO.Path.GetFileNameWithoutExtension(current) is "dotnet" ? current! : "dotnet";
        }
    }
}
