from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from emca_site.publishing.saving.malformed import TOO_LONG


@hooks.register("insert_editor_js")
def keep_a_form_that_is_too_long():
    return format_html(
        '<script src="{}" data-most-fields="{}" data-most-bytes="{}" data-words="{}"></script>',
        static("js/desk-form-size.js"),
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        TOO_LONG,
    )


@hooks.register("insert_editor_js")
def list_what_must_be_mended():
    return format_html('<script src="{}"></script>', static("js/desk-errors.js"))


@hooks.register("insert_global_admin_js")
def send_a_small_form_once_and_ask_before_it_is_left():
    return format_html('<script src="{}"></script>', static("js/desk-forms.js"))
