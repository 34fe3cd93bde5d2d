"""Validates days. A year with a missing digit is valid for Python and for the database."""

from datetime import date

from emca_site.publishing.uk_time.typed_dates import check_year


def validate_day(day: date) -> None:
    check_year(day.year)
