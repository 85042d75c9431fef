"""Words in capitals that need no entry in a dictionary: everybody knows them, or they only are loud."""

OFFICE = (
    "CSV",
    "CV",
    "DVD",
    "FAQ",
    "GPS",
    "HTML",
    "ID",
    "ISO",
    "LED",
    "OK",
    "PC",
    "PDF",
    "PIN",
    "QR",
    "SMS",
    "TV",
    "URL",
    "USB",
    "VIP",
)
PEOPLE = ("CEO", "CFO", "CMO", "COO", "CTO", "HR", "IT")
PLACES = ("EU", "EUA", "EE", "ONU", "UE", "UK", "US", "USA", "UU")
TIMES = ("AM", "CET", "GMT", "PM", "UTC")
MONEY = ("BRL", "EUR", "GBP", "PLN", "USD")
LAW = ("CNPJ", "CPF", "GDPR", "IVA", "LGPD", "NIP", "RGPD", "RODO", "VAT")
AGREEMENT = ("CRM", "KPI", "SLA")

KNOWN = frozenset((*OFFICE, *PEOPLE, *PLACES, *TIMES, *MONEY, *LAW, *AGREEMENT))
"""Abbreviations that readers of any team know."""

LOUD = frozenset(
    (
        *(
            "ALL",
            "AND",
            "ANY",
            "BOTH",
            "DO",
            "EVERY",
            "FIRST",
            "IF",
            "MUST",
            "NEVER",
            "NEW",
            "NO",
            "NONE",
            "NOT",
            "ONLY",
        ),
        *("NUNCA", "NÃO", "SEM", "SÓ", "TODA", "TODO", "TODOS", "UM", "UMA"),
        *("CADA", "NI", "SIN", "SOLO", "SÓLO", "UNA"),
        *("MAI", "NON", "OGNI", "TUTTI", "UN"),
        *("KAŻDY", "NIE", "NIGDY", "TAK", "TYLKO"),
    )
)
"""Small words that people write in capitals to be heard, in English, Portuguese, Spanish, Italian and Polish."""
