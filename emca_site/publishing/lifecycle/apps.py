from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "emca_site.publishing.lifecycle"
    label = "lifecycle"

    def ready(self):
        # Wagtail builds form classes from models, so this must run before the first of them.
        from django.db.models import URLField
        from wagtail.admin.forms.models import register_form_field_override

        from emca_site.publishing.lifecycle.addresses.field import WholeAddressFormField

        register_form_field_override(
            URLField,
            exact_class=True,
            override={"assume_scheme": "https", "form_class": WholeAddressFormField},
        )
