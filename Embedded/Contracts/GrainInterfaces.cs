namespace Orleans;

/// <summary>Anything that can be called through a reference.</summary>
public interface IAddressable;

/// <summary>A grain: an identity with behaviour, brought up by its first call.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain whose key is a <see cref="Guid"/>.</summary>
public interface IGrainWithGuidKey : IGrain;

/// <summary>A grain whose key is a <see cref="long"/>.</summary>
public interface IGrainWithIntegerKey : IGrain;

/// <summary>A grain whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>A grain whose key is a <see cref="Guid"/> and a text.</summary>
public interface IGrainWithGuidCompoundKey : IGrain;

/// <summary>A grain whose key is a <see cref="long"/> and a text.</summary>
public interface IGrainWithIntegerCompoundKey : IGrain;
