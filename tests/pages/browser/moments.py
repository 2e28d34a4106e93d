"""What the server's clock says in these tests, besides the agency's own `NOW` on 20 January 2026."""

from datetime import UTC, datetime

FEBRUARY = datetime(2026, 2, 10, 12, tzinfo=UTC)
MARCH = datetime(2026, 3, 10, 12, tzinfo=UTC)
