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

LONGEST_SLEEP = 5.0  # seconds: another process may schedule something nearer
WHEN_HELD = 0.2  # somebody held an item for a moment
WITHOUT_DATABASE = 1.0
DAILY_HOUR = 7  # UK time: people find it when they come to work

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
        """One sweep. Says for how many seconds there is nothing to do."""
        try:
            close_old_connections()
            result = sweep()
            SchedulerBeat.say()
            self.start_daily_commands()
            if not self.has_database:
                logger.warning("The database is back.")
                self.has_database = True
            return WHEN_HELD if result.left else seconds_to_sleep()
        except (DatabaseError, InterfaceError) as error:
            if self.has_database:
                logger.warning("No database, trying again each second: %s", error)
                self.has_database = False
            forget_connections(connection)
            return WITHOUT_DATABASE

    def start_daily_commands(self) -> None:
        """Start the daily commands in a thread, as a slow mail server must delay no publication."""
        if timezone.localtime().hour < DAILY_HOUR:
            return
        for name in settings.DAILY_COMMANDS:
            if DailyCommand.claim(name):
                threading.Thread(target=run_beside, args=[name], daemon=True).start()


def forget_connections(connection) -> None:
    """Start anew: a pool whose server went away waits longer and longer before it tries again."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def run_beside(name: str) -> None:
    """What the thread does. Its connection ends with it, and no other caller's does."""
    try:
        run_daily(name)
    finally:
        connection.close()


def run_daily(name: str) -> None:
    try:
        call_command(name)
    except Exception:  # it has tomorrow; the schedule has not
        logger.exception("The daily command %s failed", name)


def seconds_to_sleep() -> float:
    """Until the next moment at which something is due, and never long."""
    coming = next_due()
    if coming is None:
        return LONGEST_SLEEP
    left = (coming - timezone.now()) / timedelta(seconds=1)
    # What is overdue already rests after a failure: its next try is in one of the next turns.
    return LONGEST_SLEEP if left <= 0 else min(left, LONGEST_SLEEP)
