"""The form fields for uploads: every picture and file from outside passes through them."""

from django.forms import FileField
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField

from emca_site.uploads.documents import check_upload
from emca_site.uploads.pictures import redraw_upload


class InPlaceOfMixin:
    @classmethod
    def in_place_of(cls, field: FileField) -> FileField:
        return cls(
            label=field.label,
            required=field.required,
            widget=field.widget,
            max_length=field.max_length,
        )


class PictureField(InPlaceOfMixin, WagtailImageField):
    """Wagtail's field decodes the upload in this process; this one does so in another program."""

    def to_python(self, data):
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        self.check_image_file_size(upload)
        redraw_upload(upload)
        return upload


class DocumentField(InPlaceOfMixin, WagtailDocumentField):
    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            check_upload(upload)
        return upload
