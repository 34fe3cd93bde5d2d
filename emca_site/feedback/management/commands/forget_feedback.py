from django.core.management.base import BaseCommand

from emca_site.feedback.models import FORGOTTEN_AT_ONCE, KEPT_DAYS, Feedback, ProblemReport


class Command(BaseCommand):
    help = (
        f"Delete answers and problem reports that are more than {KEPT_DAYS} days old. Run it "
        "daily: where nobody writes, nothing else would."
    )

    def handle(self, *args, **options):
        for model in (Feedback, ProblemReport):
            gone = 0
            while some := model.objects.forget_old(at_most=FORGOTTEN_AT_ONCE):
                gone += some
            self.stdout.write(f"{model._meta.verbose_name_plural.capitalize()} deleted: {gone}")
