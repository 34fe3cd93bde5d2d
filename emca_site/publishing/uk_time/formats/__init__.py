"""How Django and Wagtail write dates and times on the desk: as the site itself writes them."""
