namespace DataExport.Sandbox;

/// <summary>The pieces that texts are put together from.</summary>
internal static class Vocabulary
{
    public static readonly Fragment Space = new(" ");
    public static readonly Fragment Break = new("\r\n");
    public static readonly Fragment Dot = new(".");
    public static readonly Fragment Slash = new("/");
    public static readonly Fragment Filler = new("x");
    public static readonly Fragment Trunk = new("+49 (0)30/");
    public static readonly Fragment MailHost = new("@example.com");
    public static readonly Fragment WebHost = new("https://www.example.com/");
    public static readonly Fragment CodePrefix = new("AC-");
    public static readonly Fragment House = new(" Street ");

    public static readonly Fragment[] Words = Fragments(
        "annual", "renewal", "quarterly", "review", "delivery", "of", "spare", "parts", "and", "service", "contract",
        "project", "kick-off", "meeting", "notes", "offer", "for", "the", "northern", "region", "invoice", "question",
        "about", "warranty", "call", "back", "pricing", "pilot", "phase", "two", "support", "ticket", "escalated",
        "shipping", "address", "changed", "budget", "approved", "urgent", "training", "request", "follow-up", "and/or",
        "demo", "licence", "upgrade", "site", "visit");

    public static readonly Fragment[] Accented = Fragments(
        "Überprüfung", "Angebot", "größer", "façade", "élève", "niño", "señor", "żółty", "čtyři", "Ελλάδα", "Привет",
        "договор", "日本語", "契約書", "한국어", "العربية", "שלום", "हिन्दी", "Ærø", "smörgås", "İstanbul", "ﬁne", "e\u0301");

    public static readonly Fragment[] Oddities = Fragments(
        "\"quoted\"", "back\\slash", "it's", "tab\there", "<b>&amp;</b>", "100%", "{\"a\":[1]}", "a;b,c|d", "--; DROP",
        "😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "𝔘𝔫𝔦", "\u2028", "\u00A0", "null", "C:\\temp\\new", "/Date(0)/", "€1.000,00");

    public static readonly Fragment[] Companies = Fragments(
        "Contoso", "Fabrikam", "Adventure Works", "Litware", "Northwind Traders", "Tailspin Toys", "Wide World",
        "Alpine Ski House", "Blue Yonder", "Coho Winery", "Fourth Coffee", "Proseware", "Trey Research",
        "Müller & Söhne", "Café René", "Åkerlund", "株式会社サンプル", "ООО Пример");

    public static readonly Fragment[] Forms = Fragments(
        " Ltd.", " Inc.", " GmbH", " & Co. KG", " S.A.", " AB", " Oy", " Sp. z o.o.", " \"West\"", " A/S");

    public static readonly Fragment[] FirstNames = Fragments(
        "Anna", "Ben", "Clara", "David", "Eva", "Frank", "Grace", "Hugo", "Ines", "Jonas", "Kim", "Lena", "Marco",
        "Nina", "Omar", "Paula", "Zoë", "José", "Łukasz", "Søren", "Jürgen", "Chloé", "美咲", "Ольга",
        "Anne-Marie", "D'Arcy");

    public static readonly Fragment[] LastNames = Fragments(
        "Adams", "Baker", "Carter", "Dupont", "Evans", "Fischer", "Garcia", "Huang", "Ivanov", "Jones", "Keller",
        "Lopez", "Meyer", "Novak", "O'Brien", "Petrov", "Quinn", "Rossi", "Schröder", "Nuñez", "Čapek", "Åberg", "佐藤",
        "van der Berg");

    public static readonly Fragment[] Cities = Fragments(
        "Berlin", "London", "Paris", "Zürich", "Łódź", "São Paulo", "Malmö", "Seattle", "München", "Kraków", "東京",
        "Reykjavík", "Winston-Salem", "'s-Hertogenbosch");

    public static readonly Fragment[] Countries = Fragments(
        "Germany", "United Kingdom", "France", "Switzerland", "Poland", "Brazil", "Sweden", "United States", "日本",
        "Côte d'Ivoire");

    private static Fragment[] Fragments(params string[] texts) =>
        [.. texts.Select(text => new Fragment(text))];
}
