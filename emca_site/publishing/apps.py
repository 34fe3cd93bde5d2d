from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "emca_site.publishing"
    label = "publishing"

    def ready(self):
        # Models must be loaded first.
        from django.db.models import URLField
        from wagtail.admin.forms.models import register_form_field_override

        from emca_site.publishing.addresses.field import WholeAddressFormField
        from emca_site.publishing.at_once import listen
        from emca_site.publishing.date_fields import read_what_people_write

        listen()
        read_what_people_write()
        register_form_field_override(
            URLField,
            exact_class=True,
            override={"assume_scheme": "https", "form_class": WholeAddressFormField},
        )
