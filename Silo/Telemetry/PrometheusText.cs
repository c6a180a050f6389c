using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// Writes metrics in Prometheus' text format 0.0.4: names with underscores, units as suffixes, counters ending in
/// <c>_total</c>, histograms cumulative.
/// </summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Add(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = PrometheusName.Of(metric.Name, metric.Unit, isCounter);
        var type = metric.MetricType is MetricType.Histogram ? "histogram" : isCounter ? "counter" : "gauge";
        _text.Append("# HELP ").Append(name).Append(' ');
        AppendEscaped(metric.Description, quotes: false);
        _text.Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            AddPoint(metric.MetricType, name, in point);
        }
    }

    private void AddPoint(MetricType type, string name, in MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum:
            case MetricType.LongSumNonMonotonic:
                AddLine(name, "", point.Tags, null, Text(point.GetSumLong()));
                break;
            case MetricType.DoubleSum:
            case MetricType.DoubleSumNonMonotonic:
                AddLine(name, "", point.Tags, null, Text(point.GetSumDouble()));
                break;
            case MetricType.LongGauge:
                AddLine(name, "", point.Tags, null, Text(point.GetGaugeLastValueLong()));
                break;
            case MetricType.DoubleGauge:
                AddLine(name, "", point.Tags, null, Text(point.GetGaugeLastValueDouble()));
                break;
            case MetricType.Histogram:
                AddHistogram(name, in point);
                break;
            default:
                // Exponential histograms have no form in this text format, and nothing here makes one.
                break;
        }
    }

    private void AddHistogram(string name, in MetricPoint point)
    {
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            AddLine(name, "_bucket", point.Tags, Text(bucket.ExplicitBound), Text(below));
        }

        AddLine(name, "_sum", point.Tags, null, Text(point.GetHistogramSum()));
        AddLine(name, "_count", point.Tags, null, Text(point.GetHistogramCount()));
    }

    private void AddLine(string name, string suffix, ReadOnlyTagCollection tags, string? bound, string value)
    {
        _text.Append(name).Append(suffix);
        var separator = '{';
        foreach (var tag in tags)
        {
            _text.Append(separator).Append(PrometheusName.Clean(tag.Key)).Append("=\"");
            AppendEscaped(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "", quotes: true);
            _text.Append('"');
            separator = ',';
        }

        if (bound is not null)
        {
            _text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ',';
        }

        _text.Append(separator is ',' ? "} " : " ").Append(value).Append('\n');
    }

    private void AppendEscaped(string value, bool quotes)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '"' when quotes => _text.Append("\\\""),
                _ => _text.Append(character),
            };
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
