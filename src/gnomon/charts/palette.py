"""Colours of charts: told apart by lightness, too, so that a grey print says the same.

Every shape also has a class, by which a page's stylesheet may give it another colour in the dark.
"""

BILLABLE = "#1f5f7a"
NOT_BILLABLE = "#b4cdd8"
OTHER = "#b9bec4"
NONE = "#8a9299"
GRID = "#dfe4e8"
INK = "#46525c"
SERIES = (
    "#1f5f7a",
    "#e0912f",
    "#5d9e6b",
    "#9a4f86",
    "#67a9c9",
    "#b5482f",
    "#3c7d5a",
    "#d3b13c",
    "#5a5fa3",
    "#8c6d46",
    "#c77fa5",
)
