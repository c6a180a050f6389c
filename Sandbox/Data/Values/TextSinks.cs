using System.Text;

namespace DataExport.Sandbox;

/// <summary>Writes a text into a JSON string of the Web API.</summary>
internal readonly struct PageTextSink(Utf8Buffer buffer) : ITextSink
{
    public void Add(Fragment fragment) => buffer.Write(fragment.Page);

    public void Add(ReadOnlySpan<byte> ascii) => buffer.Write(ascii);
}

/// <summary>Writes a text into a JSON string of a notification.</summary>
internal readonly struct MessageTextSink(Utf8Buffer buffer) : ITextSink
{
    public void Add(Fragment fragment) => buffer.Write(fragment.Message);

    public void Add(ReadOnlySpan<byte> ascii) => buffer.Write(ascii);
}

/// <summary>Writes a text as it is.</summary>
internal readonly struct StringTextSink(StringBuilder builder) : ITextSink
{
    public void Add(Fragment fragment) => builder.Append(fragment.Text);

    public void Add(ReadOnlySpan<byte> ascii)
    {
        foreach (var letter in ascii)
        {
            builder.Append((char)letter);
        }
    }
}
