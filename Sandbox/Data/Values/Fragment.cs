using System.Text;

namespace DataExport.Sandbox;

/// <summary>A piece of text in the three forms in which it is written.</summary>
internal sealed class Fragment
{
    public Fragment(string text)
    {
        Text = text;
        Page = Escape(text, escapesSlash: false);
        Message = Escape(text, escapesSlash: true);
    }

    /// <summary>As it is.</summary>
    public string Text { get; }

    /// <summary>Inside a JSON string of the Web API.</summary>
    public byte[] Page { get; }

    /// <summary>Inside a JSON string of a notification, whose writer escapes the slash.</summary>
    public byte[] Message { get; }

    private static byte[] Escape(string text, bool escapesSlash)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                '/' when escapesSlash => escaped.Append("\\/"),
                '\u2028' => escaped.Append("\\u2028"),
                _ => escaped.Append(letter),
            };
        }

        return Encoding.UTF8.GetBytes(escaped.ToString());
    }
}
