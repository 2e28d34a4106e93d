"""A worksheet whose numbers are told to the last digit."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet


class ExactPage(Worksheet):  # type: ignore[misc]  # the library has no types
    """XlsxWriter tells 16 digits, of which an hour as a part of a day becomes a second less for who cuts it off."""

    def _xml_number_element(
        self, number: float, attributes: Sequence[tuple[str, object]] = ()
    ) -> None:
        super()._xml_number_element(_Told(number), attributes)


class _Told(float):
    """In the shortest text that is this very number again, whatever format is asked for."""

    def __format__(self, _: str) -> str:
        return repr(float(self)).removesuffix(".0")
