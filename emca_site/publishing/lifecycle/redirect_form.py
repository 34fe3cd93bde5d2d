"""Refuse redirects that no visitor could follow, each in words that say how to mend it."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect

from emca_site.publishing.lifecycle.addresses import look_up
from emca_site.publishing.lifecycle.addresses.own import own_address

NOT_OURS = "This is an address of another site. Redirects begin at addresses of this site."
SOMETHING_THERE = (
    "Something public stands at this address, so nobody would be redirected. Ask to move or to "
    "retire it instead: then its old address leads on by itself."
)
NOWHERE = "Say where it leads: choose a page, or give an address."
TWO_TARGETS = "Choose a page or give an address, and not both."
NOTHING_THERE = (
    "Nothing public stands at this address of our site. Mend it, or choose the page itself: a "
    "redirect to a page waits until the page is public, and follows it when it moves."
)
IN_A_CIRCLE = "This would lead in a circle: {}. Change one of these redirects first."
LONGEST = 20  # redirects that follow each other


class CheckedRedirectForm(RedirectForm):
    def clean_old_path(self):
        """Take a whole address of this site too, as people copy it from the address bar."""
        typed = self.cleaned_data["old_path"].strip()
        own = own_address(typed if "/" in typed else f"/{typed}")
        if own is None:
            raise ValidationError(NOT_OURS)
        if look_up(own.printed) and not leading_on(own.printed):
            raise ValidationError(SOMETHING_THERE)
        path, mark, query = own.printed.partition("?")
        return f"{path.lower()}{mark}{query}"  # visitors type capitals or not

    def clean(self):
        super().clean()
        page, link = (self.cleaned_data.get(name) for name in ("redirect_page", "redirect_link"))
        if "redirect_link" in self.errors or "redirect_page" in self.errors:
            return
        if page and link:
            self.add_error("redirect_link", TWO_TARGETS)
        elif not (page or link):
            self.add_error("redirect_page", NOWHERE)
        elif link and "old_path" not in self.errors:
            self.check_link(Redirect.normalise_path(self.cleaned_data["old_path"]), link)

    def check_link(self, old_path: str, link: str) -> None:
        """Add an error to a typed target of this site that leads back here, or to nothing."""
        if own_address(link) is None:
            return
        others = Redirect.objects.exclude(pk=self.instance.pk)
        steps = [old_path, *steps_from(link, others)]
        if old_path in steps[1:]:
            self.add_error("redirect_link", IN_A_CIRCLE.format(" → ".join(steps)))
        elif not look_up(link):
            self.add_error("redirect_link", NOTHING_THERE)


def leading_on(address: str) -> Redirect | None:
    """Return the redirect for an address of this site, or None."""
    return Redirect.objects.filter(old_path=Redirect.normalise_path(address)).first()


def steps_from(link: str, redirects) -> Iterator[str]:
    """Yield the paths of this site through which a typed target leads, until they repeat."""
    seen = set()
    while (own := own_address(link)) and len(seen) < LONGEST:
        path = Redirect.normalise_path(own.printed)
        yield path
        if path in seen:
            return
        seen.add(path)
        following = redirects.filter(old_path=path).exclude(redirect_link="").first()
        if following is None:
            return
        link = following.redirect_link
