namespace DataExport.Sandbox;

/// <summary>Where a text is written to, piece by piece.</summary>
internal interface ITextSink
{
    void Add(Fragment fragment);

    /// <summary>Adds <paramref name="count"/> letters or digits that need no escape.</summary>
    void Add(ReadOnlySpan<byte> ascii);
}

/// <summary>Composes the text that a hash stands for: always the same, never longer than its column allows.</summary>
internal ref struct TextComposer<TSink>
    where TSink : struct, ITextSink
{
    // Of 1024 texts so many are empty, of full length, odd, or not in English.
    private const int EmptyUntil = 2;
    private const int FullUntil = 5;
    private const int OddUntil = 45;
    private const int AccentedUntil = 120;

    // A text of full length in a huge column is rare, or it would be all that pages are made of.
    private const int HugeChars = 4000;

    private TSink _sink;
    private ulong _random;
    private int _room;

    private TextComposer(TSink sink, ulong hash, int maxLength) => (_sink, _random, _room) = (sink, hash, maxLength);

    /// <summary>Writes the text of <paramref name="hash"/> and returns the sink.</summary>
    public static TSink Compose(TSink sink, ulong hash, TextStyle style, int maxLength)
    {
        var composer = new TextComposer<TSink>(sink, hash, maxLength);
        composer.Compose((int)(hash >> 20 & 0x3FF), style);
        return composer._sink;
    }

    private void Compose(int draw, TextStyle style)
    {
        if (draw < EmptyUntil)
        {
            return;
        }

        if (draw < FullUntil && (_room <= HugeChars || Draw(64) == 0))
        {
            Fill();
            return;
        }

        if (draw < OddUntil)
        {
            _ = TryAdd(Pick(Vocabulary.Oddities));
        }
        else if (draw < AccentedUntil)
        {
            _ = TryAdd(Pick(Vocabulary.Accented));
        }

        ComposeStyle(style);
    }

    private void ComposeStyle(TextStyle style)
    {
        switch (style)
        {
            case TextStyle.Company:
                _ = TryAdd(Pick(Vocabulary.Companies)) && TryAdd(Pick(Vocabulary.Forms));
                break;
            case TextStyle.FirstName:
                _ = TryAdd(Pick(Vocabulary.FirstNames));
                break;
            case TextStyle.LastName:
                _ = TryAdd(Pick(Vocabulary.LastNames));
                break;
            case TextStyle.City:
                _ = TryAdd(Pick(Vocabulary.Cities));
                break;
            case TextStyle.Country:
                _ = TryAdd(Pick(Vocabulary.Countries));
                break;
            case TextStyle.Street:
                _ = TryAdd(Pick(Vocabulary.LastNames)) && TryAdd(Vocabulary.House) && TryAddDigits(3);
                break;
            case TextStyle.Phone:
                _ = TryAdd(Vocabulary.Trunk) && TryAddDigits(8);
                break;
            case TextStyle.Email:
                _ = TryAdd(Pick(Vocabulary.Words)) && TryAdd(Vocabulary.Dot) && TryAddDigits(6)
                    && TryAdd(Vocabulary.MailHost);
                break;
            case TextStyle.Url:
                _ = TryAdd(Vocabulary.WebHost) && TryAddDigits(6) && TryAdd(Vocabulary.Slash) && TryAddDigits(4);
                break;
            case TextStyle.Code:
                _ = TryAdd(Vocabulary.CodePrefix) && TryAddDigits(6);
                break;
            case TextStyle.Memo:
                AddWords(6 + Draw(12), breaksEvery: 8);
                break;
            default:
                AddWords(1 + Draw(5), breaksEvery: int.MaxValue);
                break;
        }
    }

    private void AddWords(int count, int breaksEvery)
    {
        for (var word = 0; word < count; word++)
        {
            var separator = word % breaksEvery == breaksEvery - 1 ? Vocabulary.Break : Vocabulary.Space;
            var next = Pick(Vocabulary.Words);
            if (separator.Text.Length + next.Text.Length > _room)
            {
                return;
            }

            _ = (word == 0 || TryAdd(separator)) && TryAdd(next);
        }
    }

    /// <summary>Adds words until exactly the column's length is reached.</summary>
    private void Fill()
    {
        while (TryAdd(Pick(Vocabulary.Words)) && _room > 1)
        {
            _ = TryAdd(Vocabulary.Space);
        }

        while (TryAdd(Vocabulary.Filler))
        {
        }
    }

    private bool TryAdd(Fragment fragment)
    {
        if (fragment.Text.Length > _room)
        {
            return false;
        }

        _room -= fragment.Text.Length;
        _sink.Add(fragment);
        return true;
    }

    private bool TryAddDigits(int count)
    {
        if (count > _room)
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[8];
        var number = (uint)Mixer.Next(ref _random);
        for (var place = 0; place < count; place++)
        {
            digits[place] = (byte)('0' + (number % 10));
            number /= 10;
        }

        _room -= count;
        _sink.Add(digits[..count]);
        return true;
    }

    private Fragment Pick(Fragment[] fragments) => fragments[Draw(fragments.Length)];

    private int Draw(int count) => Mixer.Below(Mixer.Next(ref _random), count);
}
