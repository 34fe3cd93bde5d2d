"""Which days can be meant: a year with a digit too few is one to Python and to a database."""

from datetime import date

from django.core.exceptions import ValidationError

from emca_site.figures.formatting import FIRST_YEAR, LAST_YEAR


def validate_day(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            f"Is the year right? Give a day in the years {FIRST_YEAR} to {LAST_YEAR}."
        )
