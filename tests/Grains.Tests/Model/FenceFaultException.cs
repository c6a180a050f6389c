namespace DataExport.Grains.Tests.Model;

/// <summary>The target showed something that it never may.</summary>
public sealed class FenceFaultException(string message) : Exception(message);
