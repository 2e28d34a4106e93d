"""The currencies and countries that there are (ISO 4217, ISO 3166), from the Unicode consortium's tables."""

from functools import cache

from babel import Locale

ENGLISH = Locale("en")


@cache
def currency_symbols() -> dict[str, str]:
    """`{"EUR": "€", ...}` by ascending code; the code itself where there is no symbol."""
    return {code: ENGLISH.currency_symbols.get(code, code) for code in sorted(ENGLISH.currencies)}


def is_currency(code: str) -> bool:
    return code in currency_symbols()


@cache
def country_names() -> dict[str, str]:
    """`{"EE": "Estonia", ...}` by ascending code."""
    return {
        code: name
        for code, name in sorted(ENGLISH.territories.items())
        if len(code) == len("EE")
        and code.isalpha()
        and code not in ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB")
    }
