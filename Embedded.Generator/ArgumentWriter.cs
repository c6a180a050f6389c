using System.Text;

namespace Orleans.Generator;

/// <summary>Writes how filters read and replace the arguments of a call.</summary>
internal static class ArgumentWriter
{
    public static void Write(StringBuilder code, GrainMethodModel method)
    {
        if (method.Arguments.Count == 0)
        {
            return;
        }

        code.AppendLine();
        code.AppendLine("            public override object? GetArgument(int __index) => __index switch");
        code.AppendLine("            {");
        for (var i = 0; i < method.Arguments.Count; i++)
        {
            var argument = method.Arguments[i];
            var value = argument.IsCancellationToken ? "CallerToken" : "_" + argument.Name;
            code.AppendLine($"                {i} => {value},");
        }

        code.AppendLine("                _ => base.GetArgument(__index),");
        code.AppendLine("            };");
        code.AppendLine();
        code.AppendLine("            public override void SetArgument(int __index, object __value)");
        code.AppendLine("            {");
        code.AppendLine("                switch (__index)");
        code.AppendLine("                {");
        for (var i = 0; i < method.Arguments.Count; i++)
        {
            WriteCase(code, method.Arguments[i], i);
        }

        code.AppendLine("                    default: base.SetArgument(__index, __value); break;");
        code.AppendLine("                }");
        code.AppendLine("            }");
    }

    private static void WriteCase(StringBuilder code, ArgumentModel argument, int index)
    {
        if (!argument.IsCancellationToken)
        {
            code.AppendLine(
                $"                    case {index}: _{argument.Name} = ({argument.TypeCode})__value; break;");
        }
    }
}
