from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.loading import load_everything
from demo.reading import DemoError
from site_setup.pages import SetUpError


class Command(BaseCommand):
    help = (
        "Load the demonstration: pages, news, pictures, figures and an account to sign in with. "
        "Run it as often as you like: edits are kept and what was deleted stays deleted."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--force", action="store_true", help="Load it although DEBUG is off, as on a real site."
        )

    def handle(self, *args, force, **options):
        if not settings.DEBUG and not force:
            raise CommandError(
                "This loads example content and an account with a known password. DEBUG is off, "
                "so this may be a real site. If you mean it, run load_demo --force."
            )
        try:
            load_everything(say=self._say)
        except (DemoError, SetUpError) as error:
            raise CommandError(str(error)) from error

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # a pipe would otherwise buffer the progress until the end
