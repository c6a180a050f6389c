namespace Orleans.Configuration;

/// <summary>Options of a memory storage provider.</summary>
public class MemoryGrainStorageOptions;
