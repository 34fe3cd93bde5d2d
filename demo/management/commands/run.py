import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from demo.accounts import ACCOUNTS, DOMAIN
from home.management.database import bring_up_to_date
from home.management.processes import Processes, check_port_is_free


class Command(BaseCommand):
    help = (
        "Try the site on this machine: database, demo content, web server and scheduler. Keeps "
        "every edit."
    )
    requires_system_checks = []

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("This is for trying the site. Set DEBUG=1, or use `make serve`.")
        port = settings.PORT
        check_port_is_free(port)
        self.say("Preparing the database")
        bring_up_to_date()
        call_command("setup_site", stdout=self.stdout)
        call_command("load_demo", stdout=self.stdout)

        address = f"http://127.0.0.1:{port}"
        with Processes() as processes:
            processes.start(
                "web server",
                [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--skip-checks"],
                cwd=settings.BASE_DIR,
                env={**os.environ, "DJANGO_SETTINGS_MODULE": "emca_site.settings"},
            )
            processes.start(
                "scheduler",
                [sys.executable, "manage.py", "run_scheduler", "--skip-checks"],
                cwd=settings.BASE_DIR,
            )
            processes.wait_for_answer(f"{address}/health/live")
            self.say(f"\nThe site   {address}/")
            self.say(f"The desk   {address}/admin/")
            self.say(f"Sign in    {', '.join(ACCOUNTS)} @{DOMAIN}")
            self.say(f"Password   {settings.DEMO_PASSWORD}")
            self.say(f"Data       {Path(settings.DATA_DIR)}")
            self.say("Stop with Ctrl-C\n")
            processes.wait()

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
