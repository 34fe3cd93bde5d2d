from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def send_a_small_form_once_and_ask_before_it_is_left():
    return format_html('<script src="{}"></script>', static("js/desk-forms.js"))
