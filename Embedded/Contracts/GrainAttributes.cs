using System.Globalization;

namespace Orleans;

/// <summary>How long a grain activation of the marked class stays in memory after its last call.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest age that the attribute can state. Less is taken for this.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _stated;

    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>States the age as <c>[d.]hh:mm:ss</c>, without the lower bound of the other form.</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod) =>
        _stated = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    public double Days { get; set; }

    public double Hours { get; set; }

    public double Minutes { get; set; }

    /// <summary>Never collected while idle.</summary>
    public bool AlwaysActive { get; set; }

    public TimeSpan AgeLimit => _stated ?? Calculated();

    private TimeSpan Calculated()
    {
        var age = AlwaysActive
            ? TimeSpan.FromDays(short.MaxValue)
            : TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
        return age < MinAgeLimit ? MinAgeLimit : age;
    }
}

/// <summary>A grain activation of the marked class stays in memory until it asks to leave or the silo stops.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute;

/// <summary>Names the grain type of a grain class: the first part of its grains' ids.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string Name { get; } = grainType;
}
