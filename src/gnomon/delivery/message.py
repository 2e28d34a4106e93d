"""A saved report as a mail: the figures and the longest groups in the body, the PDF attached, a link to the page."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from gnomon.editions.edition import Edition
from gnomon.export.pdf_file import write_pdf
from gnomon.export.pdf_front import days_text, duration, figures
from gnomon.sheets.shares import Share, longest_shares
from gnomon.wire.reports_v3.files import FileKind, file_name

SHARES_MAX = 12
TITLE_LENGTH_MAX = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """`key` names the mail for good: a copy that is sent again is known as one (RFC 5322, 3.6.4)."""

    sender: str
    recipient: str
    key: str
    link: str


def report_message(edition: Edition, envelope: Envelope) -> EmailMessage:
    """Raises `ValueError` for an address that is none, `FileFailed` when the PDF cannot be made."""
    document = edition.document
    assert document is not None
    title = " ".join(document.title.split())[:TITLE_LENGTH_MAX]
    days = days_text(document, edition.formats)
    message = EmailMessage()
    message["Subject"] = f"{title}: {days}"
    message["From"] = envelope.sender
    message["To"] = envelope.recipient
    message["Date"] = format_datetime(document.made_at)
    message["Message-ID"] = envelope.key
    message["Auto-Submitted"] = "auto-generated"
    told = [(label, value, note) for label, value, note in _figures(edition)]
    shares = longest_shares(edition.sheet.charted, edition.sheet.colors, SHARES_MAX)
    message.set_content(_plain(edition, title, days, told, shares, envelope.link))
    page = _page(edition, title, days, told, shares, envelope.link)
    message.add_alternative(page, subtype="html")
    message.add_attachment(
        _pdf(edition),
        maintype="application",
        subtype="pdf",
        filename=file_name(edition.report_type, edition.days, FileKind.PDF),
    )
    return message


def _figures(edition: Edition) -> list[list[str]]:
    assert edition.document is not None
    return figures(edition.document.series, edition.sheet, edition.formats)


def _pdf(edition: Edition) -> bytes:
    assert edition.document is not None
    with TemporaryDirectory(prefix="gnomon-mail-") as folder:
        path = Path(folder) / "report.pdf"
        write_pdf(path, edition.document, edition.sheet, edition.formats)
        return path.read_bytes()


def _plain(
    edition: Edition,
    title: str,
    days: str,
    told: list[tuple[str, str, str]],
    shares: list[Share],
    link: str,
) -> str:
    lines = [title, days, ""]
    lines += [f"{label}: {value} {note}".rstrip() for label, value, note in told]
    lines += ["", edition.sheet.charted.columns[0].title]
    lines += [
        f"  {duration(one.seconds, edition.formats):>10}  {' '.join(one.name.split())}"
        for one in shares
    ]
    return "\n".join([*lines, "", f"The whole report: {link}", "", "Sent by Gnomon.", ""])


def _page(
    edition: Edition,
    title: str,
    days: str,
    told: list[tuple[str, str, str]],
    shares: list[Share],
    link: str,
) -> str:
    """Everything that people wrote is escaped; nothing is fetched from anywhere."""
    cell = 'style="padding:4px 16px 4px 0"'
    number = 'style="padding:4px 0;text-align:right;font-variant-numeric:tabular-nums"'
    rows = "".join(
        f"<tr><td {cell}>{escape(label)}</td><td {number}><b>{escape(value)}</b> {escape(note)}</td></tr>"
        for label, value, note in told
    )
    groups = "".join(
        f"<tr><td {cell}>{escape(one.name)}</td>"
        f"<td {number}>{escape(duration(one.seconds, edition.formats))}</td></tr>"
        for one in shares
    )
    heading = escape(edition.sheet.charted.columns[0].title)
    return (
        '<!doctype html><html><body style="font-family:sans-serif;color:#1d2830">'
        f'<h1 style="font-size:20px;margin-bottom:0">{escape(title)}</h1><p>{escape(days)}</p>'
        f"<table>{rows}</table>"
        f'<h2 style="font-size:15px">{heading}</h2><table>{groups}</table>'
        f'<p><a href="{escape(link, quote=True)}">See the whole report</a></p>'
        '<p style="color:#5f6b75;font-size:12px">Sent by Gnomon. The PDF is attached.</p>'
        "</body></html>"
    )
