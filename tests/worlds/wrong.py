"""Values that the detailed, the totals or the weekly report refuse; which, and how, the oracle says."""

from tests.worlds.questions import Body

WRONG: tuple[Body, ...] = (
    {"rounding": 2},
    {"rounding_minutes": 7},
    {"rounding_minutes": True},
    {"billable": "yes"},
    {"project_ids": 7},
    {"tag_ids": [1.5]},
    {"description": 1},
    {"min_duration_seconds": -1},
    {"max_duration_seconds": "60"},
    {"start_date": "2024-1-1"},
    {"end_date": "2030-01-02"},
    {"startTime": "9:00"},
)
WRONG_DETAILED: tuple[Body, ...] = (
    {"page_size": 0},
    {"page_size": -50},
    {"page_size": 2.5},
    {"page_size": 2**63},
    {"first_id": -1},
    {"first_id": "1"},
    {"first_row_number": -2},
    {"first_row_number": False},
    {"first_timestamp": "2024-01-01"},
    {"order_by": "amount"},
    {"order_by": "Date"},
    {"order_by": 1},
    {"order_dir": "down"},
    {"order_dir": ""},
    {"grouped": 1},
    {"enrich_response": "true"},
    {"hide_amounts": 0},
)
WRONG_TOTALS: tuple[Body, ...] = (
    {"with_graph": 1},
    {"grouped": "no"},
    {"withInlineRates": []},
    {"resolution": "Day"},
    {"granularity": "year"},
    {"granularity": 7},
)
WRONG_WEEKLY: tuple[Body, ...] = (
    {"grouping": "clients"},
    {"grouping": 1},
    {"calculate": "Time"},
    {"calculate": "money"},
    {"calculate": True},
    {"group_by_task": "yes"},
)
