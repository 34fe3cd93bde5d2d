from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder

from emca_site.accounts.mail import mail_backend
from emca_site.publishing.ownership.models.review_reminder import ReviewReminder
from emca_site.publishing.ownership.reviews import NOBODY, Review, Reviews

DAYS_AHEAD = 14


class Command(BaseCommand):
    help = (
        "Write to each team about what it should review: overdue, or due within two weeks. Run "
        "it as often as you like: a team gets one e-mail a week."
    )

    def handle(self, *args, **options):
        soon = timezone.localdate() + timedelta(days=DAYS_AHEAD + 1)
        due = Reviews.everywhere().due_before(soon)
        for team in Group.objects.order_by("name"):
            reviews = list(due.of_teams([team]))
            self.stdout.write(
                f"{team}: {self._remind(team, reviews) if reviews else 'nothing due'}"
            )
        if ownerless := due.of_teams([None]).count():
            self.stdout.write(f"No owner: {ownerless} due. Nobody is reminded.")

    def _remind(self, team: Group, reviews: list[Review]) -> str:
        """Send the reminder to a team, and return what was done as text for the output."""
        people = team.user_set.filter(is_active=True).order_by("pk")
        if not people:
            return f"{len(reviews)} due. {NOBODY}."
        people = [person for person in people if person.email]
        if not people:
            return f"{len(reviews)} due. No member has an e-mail address: nobody is reminded."
        reminder = ReviewReminder.objects.claim(team)
        if not reminder:
            return "reminded this week already"
        try:
            mails = [_mail(team, reviews, person) for person in people]
            mail_backend(settings.EMAIL_BACKEND).send_messages(mails)
        except OSError as error:  # what mail servers and the network raise
            reminder.delete()
            return f"{len(reviews)} due. The e-mail could not be sent, the next run tries: {error}"
        return f"{len(reviews)} due, reminded {', '.join(person.email for person in people)}"


def _mail(team: Group, reviews: list[Review], person) -> EmailMessage:
    finder = AdminURLFinder(person)  # not every member may edit what the team owns
    context = {
        "team": team,
        "reviews": [
            replace(each, edit_url=finder.get_edit_url(each.publishable)) for each in reviews
        ],
        "base": settings.WAGTAILADMIN_BASE_URL,
        "desk": reverse("wagtailadmin_home"),
    }
    return EmailMessage(
        subject=f"To review: {len(reviews)} of {team}",
        body=render_to_string("publishing/review_reminder.txt", context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
