from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError


def bring_up_to_date() -> None:
    """Apply every migration. Raises CommandError, in one line, when the database cannot be used."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        raise CommandError(
            f"The database cannot be used: {reason}. Check DATABASE_URL and DATA_DIR."
        ) from None
