from django.urls import path
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

from emca_site.accounts.unsent_mail import SEE_ALL, UnsentMailPanel, mark_handled

# The site stores no picture unchanged, and shows none that is not on a page. Wagtail has no
# setting for this panel; without the panel its form is not there either.
AvatarSettingsPanel.is_active = lambda panel: False


@hooks.register("construct_homepage_panels")
def show_mail_that_could_not_be_sent(request, panels):
    if request.user.has_perm(SEE_ALL):
        panels.append(UnsentMailPanel())


@hooks.register("register_admin_urls")
def add_the_button():
    return [path("unsent-mail/<int:pk>/handled/", mark_handled, name="unsent_mail_handled")]
