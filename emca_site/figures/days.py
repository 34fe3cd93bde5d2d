"""Which days can be meant: a year with a digit too few is one to Python and to a database."""

from datetime import date

from emca_site.publishing.uk_time.typed_dates import check_year


def validate_day(day: date) -> None:
    check_year(day.year)
