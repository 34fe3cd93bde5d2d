from django.core.management.base import BaseCommand, CommandError

from site_setup.dead_ends import dead_ends
from site_setup.pages import SetUpError, set_up


class Command(BaseCommand):
    help = (
        "Make the pages that every copy of the site has, and keep its address in step with "
        "SITE_URL. Run it after migrate, as often as you like: it never changes or deletes what "
        "staff have made."
    )

    def handle(self, *args, **options):
        try:
            lines = set_up()
        except SetUpError as error:
            raise CommandError(str(error)) from error
        for line in lines or ["Nothing to do: the site is set up."]:
            self.stdout.write(line)
        for warning in dead_ends():
            self.stderr.write(f"Look at this: {warning.msg} {warning.hint}")
