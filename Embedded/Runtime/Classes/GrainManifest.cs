using System.ComponentModel;

namespace Orleans.Runtime
{
    /// <summary>Names the type in which generated code lists an assembly's grains.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class GrainManifestAttribute(Type manifestType) : Attribute
    {
        public Type ManifestType { get; } = manifestType;
    }

    /// <summary>An assembly's grain interfaces and grain classes. Implemented by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public interface IGrainManifest
    {
        void Register(GrainManifestBuilder builder);
    }

    /// <summary>Gathers what the manifests list.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class GrainManifestBuilder
    {
        internal GrainManifestBuilder()
        {
        }

        internal Dictionary<Type, Func<GrainReferenceSource, GrainReference>> Interfaces { get; } = [];

        internal Dictionary<Type, Type[]> Classes { get; } = [];

        public void AddInterface(Type grainInterface, Func<GrainReferenceSource, GrainReference> createProxy) =>
            Interfaces.TryAdd(grainInterface, createProxy);

        public void AddClass(Type grainClass, params Type[] grainInterfaces) =>
            Classes.TryAdd(grainClass, grainInterfaces);
    }
}

namespace Orleans
{
    /// <summary>Names an assembly that this one refers to and that has grains. Written by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    public sealed class ApplicationPartAttribute(string assemblyName) : Attribute
    {
        public string AssemblyName { get; } = assemblyName;
    }
}
