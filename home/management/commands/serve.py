import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home.management.database import bring_up_to_date
from home.management.processes import Processes, check_port_is_free


class Command(BaseCommand):
    help = "Serve the site on this machine as in production: gunicorn, hashed static files."
    requires_system_checks = []

    def handle(self, *args, **options):
        if settings.DEBUG:
            raise CommandError("This serves as in production. Unset DEBUG, or use `make run`.")
        port = settings.PORT
        check_port_is_free(port)
        self.stdout.write("Preparing the database and the static files")
        self.stdout.flush()
        bring_up_to_date()
        call_command("setup_site", stdout=self.stdout)
        call_command("collectstatic", verbosity=0, interactive=False)
        with Processes() as processes:
            processes.start(
                "web server",
                [
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "--config",
                    "deploy/gunicorn.conf.py",
                    "--bind",
                    f"127.0.0.1:{port}",
                    "emca_site.wsgi",
                ],
                cwd=settings.BASE_DIR,
            )
            processes.start(
                "scheduler", [sys.executable, "manage.py", "run_scheduler"], cwd=settings.BASE_DIR
            )
            processes.wait_for_answer(f"http://127.0.0.1:{port}/health/live")
            self.stdout.write(f"Serving {settings.SITE_URL} on http://127.0.0.1:{port}/")
            self.stdout.flush()
            processes.wait()
