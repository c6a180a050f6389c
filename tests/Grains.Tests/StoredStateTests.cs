using System.Collections.Immutable;
using System.Reflection;
using DataExport.Grains.Profiles;

namespace DataExport.Grains.Tests;

/// <summary>What storages keep of the grains.</summary>
public sealed class StoredStateTests
{
    /// <summary>
    /// A storage that leaves out what is its type's default gives these back as they begin and not as they were: a
    /// false as true. Orleans' JSON does so unless it is told otherwise.
    /// </summary>
    private static readonly string[] _endangered =
    [
        "ExportProfile.WriteDeleteLog", "ProfileRetryPolicy.IntervalInSeconds", "ProfileRetryPolicy.MaxRetryCount",
    ];

    [Fact]
    public void StoredMembers_ThatDoNotBeginAsTheirTypesDefault_AreThoseThatAreKnown() =>
        StoredTypes().SelectMany(EndangeredMembers).ShouldBe(
            _endangered,
            ignoreOrder: true,
            "GrainRuntime must tell each storage to write defaults, or the member must begin as one");

    /// <summary>The states of all grains, and the classes of this solution that they hold.</summary>
    private static HashSet<Type> StoredTypes()
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(
            from grain in typeof(ProfileState).Assembly.GetTypes()
            from constructor in grain.GetConstructors()
            from parameter in constructor.GetParameters()
            where parameter.IsDefined(typeof(PersistentStateAttribute))
            select parameter.ParameterType.GetGenericArguments()[0]);
        while (open.TryPop(out var type))
        {
            foreach (var argument in type.GetGenericArguments())
            {
                open.Push(argument);
            }

            var isOurs = type.IsClass && type.Namespace!.StartsWith("DataExport", StringComparison.Ordinal);
            if (isOurs && found.Add(type))
            {
                Array.ForEach(type.GetProperties(), property => open.Push(property.PropertyType));
            }
        }

        found.Count.ShouldBeGreaterThan(3, "profiles hold tables, and tables columns");
        return found;
    }

    private static IEnumerable<string> EndangeredMembers(Type type)
    {
        var constructor = type.GetConstructors().MinBy(static one => one.GetParameters().Length)!;
        var arguments = constructor.GetParameters().Select(static one => one.HasDefaultValue ? one.DefaultValue : null);
        var fresh = constructor.Invoke([.. arguments]);
        return from property in type.GetProperties()
               where property.CanWrite && property.PropertyType.IsValueType && !IsArray(property.PropertyType)
               where !Equals(property.GetValue(fresh), Activator.CreateInstance(property.PropertyType))
               select $"{type.Name}.{property.Name}";
    }

    /// <summary>The default of such an array is no array: nobody stores it.</summary>
    private static bool IsArray(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);
}
