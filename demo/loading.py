"""The order in which the demonstration is loaded. Each step needs the steps before it."""

from collections.abc import Callable

from django.conf import settings

from demo.accounts import ADMIN_EMAIL, load_accounts
from demo.articles import fill_articles, make_articles
from demo.banners import load_banners, load_notices
from demo.commitments import load_commitments
from demo.councils import load_councils, load_topics
from demo.facts import load_contacts, load_figures, load_settings
from demo.pages import load_pages
from demo.phrases import load_phrases
from demo.picture_files import check_pictures, load_pictures, load_renditions
from demo.promotions import load_promotions
from demo.redirects import load_redirects
from demo.scheduled import load_scheduled
from site_setup.pages import set_up

STEPS: list[tuple[str, Callable[[], int]]] = [
    ("Contacts", load_contacts),
    ("Figures", load_figures),
    ("Pictures", load_pictures),
    ("Site settings", load_settings),
    ("Articles to link to", make_articles),
    ("Pages", load_pages),
    ("Articles", fill_articles),
    ("Banners", load_banners),
    ("Notices", load_notices),
    ("Councils", load_councils),
    ("Topics", load_topics),
    ("Commitments", load_commitments),
    ("Promoted results", load_promotions),
    ("Redirects", load_redirects),
    ("Words to avoid", load_phrases),
]


def load_everything(say: Callable[[str], None]) -> None:
    """Load what was never loaded before. After an interruption, it continues where it stopped.

    Raises `DemoError`, before anything is written, if a picture cannot be read.
    """
    check_pictures()
    for line in set_up():
        say(line)
    for name, step in STEPS:
        _take(name, step, say)
    load_renditions(say)
    accounts = load_accounts()
    say(f"Accounts: {accounts} new" if accounts else "Accounts: left as they are")
    _take("Scheduled", load_scheduled, say)
    say(f"You can sign in as {ADMIN_EMAIL} with the password {settings.DEMO_PASSWORD}")


def _take(name: str, step: Callable[[], int], say: Callable[[str], None]) -> None:
    new = step()
    say(f"{name}: {int(new)} new" if new else f"{name}: nothing new")
