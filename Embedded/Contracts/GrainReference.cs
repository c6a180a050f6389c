namespace Orleans.Runtime;

/// <summary>Base of the generated proxies through which grains are called.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    public GrainId GrainId => throw new NotSupportedException();

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";

    internal TGrainInterface Cast<TGrainInterface>() => throw new NotSupportedException();
}
