using System.CommandLine;

namespace DataExport.Run.Commands;

/// <summary>Options that are numbers.</summary>
internal static class Limits
{
    /// <summary>A number that is zero or more.</summary>
    public static Option<T> NotNegative<T>(string name, T value, string description)
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => value };
        RefuseNegative(option);
        return option;
    }

    /// <summary>Refuses a value below zero. What is no number at all is refused by the option's type.</summary>
    public static void RefuseNegative(Option option) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            if (token.Value.StartsWith('-'))
            {
                result.AddError($"{option.Name} is zero or more.");
            }
        }
    });
}
