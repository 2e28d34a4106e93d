"""The currencies and countries that there are (ISO 4217, ISO 3166), from the Unicode consortium's tables."""

from functools import cache

from babel import Locale
from babel.numbers import get_territory_currencies

ENGLISH = Locale("en")


@cache
def currency_symbols() -> dict[str, str]:
    """`{"EUR": "€", ...}` by ascending code; the code itself where there is no symbol."""
    return {code: ENGLISH.currency_symbols.get(code, code) for code in sorted(ENGLISH.currencies)}


def currency_choices(*kept: str | None) -> dict[str, str]:
    """`{"EUR": "EUR, Euro", ...}` by ascending code: what is legal tender somewhere, and what is `kept` all the same."""
    codes = sorted(_in_use() | {code for code in kept if code})
    return {code: f"{code}, {ENGLISH.currencies.get(code, code)}" for code in codes}


@cache
def _in_use() -> frozenset[str]:
    told = (get_territory_currencies(place) for place in country_names())
    return frozenset(str(code) for codes in told for code in codes)


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
