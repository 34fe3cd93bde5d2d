"""The user accounts of staff, and the mail that could not be sent."""

from emca_site.accounts.models.unsent_mail import UnsentMail
from emca_site.accounts.models.user import User, UserManager

__all__ = ["UnsentMail", "User", "UserManager"]
