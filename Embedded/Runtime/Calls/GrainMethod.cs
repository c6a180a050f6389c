using System.ComponentModel;
using System.Reflection;
using Orleans.CodeGeneration;

namespace Orleans.CodeGeneration
{
    /// <summary>How a grain method is called. The numbers are Orleans' own.</summary>
    [Flags]
    public enum InvokeMethodOptions
    {
        None = 0,
        OneWay = 1,
        ReadOnly = 2,
        AlwaysInterleave = 4,
    }
}

namespace Orleans.Runtime
{
    /// <summary>One method of a grain interface. Generated code holds one instance a method.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class GrainMethod(
        Type interfaceType, string methodName, InvokeMethodOptions options, params Type[] parameterTypes)
    {
        /// <summary>The interface that declares the method.</summary>
        public Type InterfaceType { get; } = interfaceType;

        public string InterfaceName { get; } = interfaceType.FullName!.Replace('+', '.');

        public string MethodName { get; } = methodName;

        internal bool IsOneWay { get; } = options.HasFlag(InvokeMethodOptions.OneWay);

        internal bool IsReadOnly { get; } = options.HasFlag(InvokeMethodOptions.ReadOnly);

        internal bool AlwaysInterleave { get; } = options.HasFlag(InvokeMethodOptions.AlwaysInterleave);

        internal int ParameterCount => parameterTypes.Length;

        internal MethodInfo InterfaceMethod => field ??= InterfaceType.GetMethod(
            MethodName, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, parameterTypes)!;

        public override string ToString() => $"{InterfaceName}.{MethodName}";
    }
}
