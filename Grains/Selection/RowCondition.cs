namespace DataExport.Grains.Selection;

/// <summary>A part of a filter, made for one table. Evaluates without allocating.</summary>
internal abstract class RowCondition
{
    public abstract Truths Evaluate(in FilterRow row);
}

/// <summary>All of several conditions, or any of them.</summary>
internal sealed class JoinedCondition(bool isAnd, RowCondition[] conditions) : RowCondition
{
    public override Truths Evaluate(in FilterRow row)
    {
        var truths = isAnd ? Truths.True : Truths.False;
        foreach (var condition in conditions)
        {
            var one = condition.Evaluate(row);
            truths = isAnd ? TruthLogic.And(truths, one) : TruthLogic.Or(truths, one);
        }

        return truths;
    }
}

/// <summary>The contrary of a condition.</summary>
internal sealed class NotCondition(RowCondition condition) : RowCondition
{
    public override Truths Evaluate(in FilterRow row) => TruthLogic.Not(condition.Evaluate(row));
}

/// <summary>Whether a column is empty.</summary>
internal sealed class EmptyCondition(int ordinal, bool isWanted) : RowCondition
{
    public override Truths Evaluate(in FilterRow row) => row.Find(ordinal, out _) switch
    {
        Known.Nothing => Truths.True | Truths.False,
        var known => TruthLogic.Of(known is Known.Empty == isWanted),
    };
}

/// <summary>A condition that a value meets or does not; of an empty column it is neither true nor false.</summary>
internal abstract class ValueCondition(int ordinal) : RowCondition
{
    public sealed override Truths Evaluate(in FilterRow row) => row.Find(ordinal, out var value) switch
    {
        Known.Nothing => Truths.Any,
        Known.Empty => Truths.Unknown,
        _ => TruthLogic.Of(IsMet(value)),
    };

    protected abstract bool IsMet(in ColumnValue value);
}

/// <summary>A condition that nothing can make true: a comparison with null other than by eq and ne.</summary>
internal sealed class UnknownCondition : RowCondition
{
    public override Truths Evaluate(in FilterRow row) => Truths.Unknown;
}
