"""The people who work on the site, and the mail that did not reach them."""

from emca_site.accounts.models.unsent_mail import UnsentMail
from emca_site.accounts.models.user import User, UserManager

__all__ = ["UnsentMail", "User", "UserManager"]
