namespace DataExport.Sandbox;

/// <summary>The words of a <c>$filter</c>, one after the other.</summary>
internal sealed class FilterTokens(string text)
{
    private int _place;

    public bool IsAtEnd
    {
        get
        {
            SkipSpaces();
            return _place == text.Length;
        }
    }

    /// <summary>Whether a text in quotes is next.</summary>
    public bool IsText => !IsAtEnd && text[_place] == '\'';

    /// <summary>Takes the next word if it is this one.</summary>
    public bool TryTake(string word)
    {
        var before = _place;
        if (!IsAtEnd && !IsText && Take() == word)
        {
            return true;
        }

        _place = before;
        return false;
    }

    /// <exception cref="ApiException">Something else is next.</exception>
    public void Require(string word)
    {
        if (!TryTake(word))
        {
            throw Fault();
        }
    }

    /// <summary>Takes the next word.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public string Take()
    {
        if (IsAtEnd)
        {
            throw Fault();
        }

        var begin = _place++;
        if (text[begin] is not ('(' or ')' or ','))
        {
            while (_place < text.Length && text[_place] is not (' ' or '(' or ')' or ','))
            {
                _place++;
            }
        }

        return text[begin.._place];
    }

    /// <summary>Takes a text in quotes, of which two stand for one.</summary>
    /// <exception cref="ApiException">None is next, or it does not end.</exception>
    public string TakeText()
    {
        if (!IsText)
        {
            throw Fault();
        }

        var begin = ++_place;
        while (_place < text.Length && (text[_place] != '\'' || IsDoubled()))
        {
            _place++;
        }

        return _place < text.Length
            ? text[begin.._place++].Replace("''", "'", StringComparison.Ordinal)
            : throw Fault();
    }

    public ApiException Fault() =>
        ApiException.BadRequest($"Syntax error at position {_place} in '{text}'.");

    /// <summary>Steps onto the second of two quotes.</summary>
    private bool IsDoubled()
    {
        if (_place + 1 >= text.Length || text[_place + 1] != '\'')
        {
            return false;
        }

        _place++;
        return true;
    }

    private void SkipSpaces()
    {
        while (_place < text.Length && text[_place] == ' ')
        {
            _place++;
        }
    }
}
