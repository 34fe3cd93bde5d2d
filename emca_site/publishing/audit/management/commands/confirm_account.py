from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from emca_site.publishing.audit.authority import why_no_approver
from emca_site.publishing.audit.look_back_list import sign_elsewhere
from emca_site.publishing.audit.models import LookBackItem

HERE = "the server (manage.py confirm_account)"


class Command(BaseCommand):
    help = (
        "Sign what was changed about an account, and about its groups, where no approver is left "
        "on the desk to sign it. Whoever runs this is the second person: it is logged."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="the e-mail address of the account")
        parser.add_argument("--no-input", action="store_true", help="do not ask before signing")

    def handle(self, *args, email, no_input=False, **options):
        users = get_user_model().objects
        person = users.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"There is no account {email}. Look for it under Settings, Users.")
        items = LookBackItem.objects.unsigned()
        groups = [str(key) for key in person.groups.values_list("pk", flat=True)]
        mine = [
            *items.about(person),
            *items.about_any(Group).filter(object_id__in=groups),
        ]
        if not mine:
            raise CommandError(f"Nothing about {person} waits to be signed.")
        for item in mine:
            self.stdout.write(f"{item.done_at:%d/%m/%Y %H:%M} {item.done_by_name}: {item}")
            for field, before, after in item.changes:
                self.stdout.write(f"    {field}: “{before}” became “{after}”")
        if not no_input and input("Is all of this right? Type yes to sign it: ") != "yes":
            raise CommandError("Nothing was signed.")
        for item in mine:
            sign_elsewhere(item, HERE)
        self.stdout.write(f"Signed: {len(mine)}. {why_no_approver(person) or 'May approve now.'}")
