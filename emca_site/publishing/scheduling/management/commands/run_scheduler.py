import logging
import signal
import threading
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from emca_site.publishing.scheduling import sign_of_life
from emca_site.publishing.scheduling.models.scheduler_beat import DailyCommand, SchedulerBeat
from emca_site.publishing.scheduling.scheduler import next_due, sweep

LONGEST_SLEEP = 5.0  # seconds: another process may schedule something sooner
WHEN_HELD = 0.2  # seconds: another process held the lock of an item
WITHOUT_DATABASE = 1.0  # seconds
DAILY_HOUR = 7  # UK time: mail and reports are there when people start work

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Publish what is due and take down what has ended, each at its time. Runs until it is "
        "stopped; any number may run at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one sweep, then end")

    def handle(self, *args, once=False, **options):
        self.stopped = threading.Event()
        self.has_database = True
        if once:
            result = sweep()
            SchedulerBeat.say()
            self.stdout.write(f"Done: {result.done}. Failed: {result.failed}.")
            return
        for polite in (signal.SIGTERM, signal.SIGINT):
            signal.signal(polite, lambda *_: self.stopped.set())
        self.stdout.write("The scheduler runs.")
        self.stdout.flush()
        while not self.stopped.is_set():
            sign_of_life.give()
            self.stopped.wait(self.turn())
        sign_of_life.withdraw()

    def turn(self) -> float:
        """Run one sweep. Return the number of seconds until the next one."""
        try:
            close_old_connections()
            result = sweep()
            SchedulerBeat.say()
            self.start_daily_commands()
            if not self.has_database:
                logger.warning("The scheduler has reached the database again.")
                self.has_database = True
            return WHEN_HELD if result.left else seconds_to_sleep()
        except (DatabaseError, InterfaceError) as error:
            if self.has_database:
                logger.warning("No database; the scheduler tries again every second: %s", error)
                self.has_database = False
            forget_connections(connection)
            return WITHOUT_DATABASE

    def start_daily_commands(self) -> None:
        """Start each daily command in a thread, so that slow mail delays no publication."""
        if timezone.localtime().hour < DAILY_HOUR:
            return
        for name in settings.DAILY_COMMANDS:
            if DailyCommand.claim(name):
                threading.Thread(target=run_beside, args=[name], daemon=True).start()


def forget_connections(connection) -> None:
    """Close the connection and its pool: a pool without its server waits longer at each retry."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def run_beside(name: str) -> None:
    """Run a daily command in its own thread, and close that thread's database connection."""
    try:
        run_daily(name)
    finally:
        connection.close()


def run_daily(name: str) -> None:
    try:
        call_command(name)
    except Exception:  # the command has another chance tomorrow, the schedule has not
        logger.exception("The daily command %s failed; it runs again tomorrow", name)


def seconds_to_sleep() -> float:
    """Return the seconds until the next event, at most `LONGEST_SLEEP`."""
    coming = next_due()
    if coming is None:
        return LONGEST_SLEEP
    left = (coming - timezone.now()) / timedelta(seconds=1)
    # An overdue event waits after a failure; one of the next turns tries it again.
    return LONGEST_SLEEP if left <= 0 else min(left, LONGEST_SLEEP)
