"""Days as they go over the border to the native half."""

from datetime import date


def iso(day: date | str | None) -> str | None:
    """A day in ISO 8601; of a date and time, its day."""
    return f"{day:%Y-%m-%d}" if isinstance(day, date) else day
