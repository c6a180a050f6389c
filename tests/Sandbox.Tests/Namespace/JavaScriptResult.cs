namespace DataExport.Sandbox.Tests;

/// <summary>What one test of the JavaScript suite said.</summary>
internal sealed record JavaScriptResult(string Name, bool Passed, double Seconds, string? Error);
