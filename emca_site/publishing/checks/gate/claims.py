"""Read which fields are headings, links, captions and names, as models and blocks declare it.

A model declares this in its class, a block in its `Meta`. Each class adds to what its bases
declare.

- `heading_fields`: the names of fields that are rendered as headings.
- `link_fields`: for each field with the text of a link, the names of the fields with its page and
  its address; two empty names if the template gives the address.
- `caption_field`, of a block with a picture: the field with the text below the picture.
- `name_field`, of a block with a file: the field with the text shown instead of the file's title.
"""

# `Page` is Wagtail's own class and cannot declare this, so its headings are named here.
HEADINGS_OF_WAGTAIL = frozenset({"title", "seo_title"})

LABEL = ("", "")


def headings_of(owner: type) -> frozenset[str]:
    """Return the names of the heading fields of a model, or of the type of a block's `meta`."""
    declared = (vars(cls).get("heading_fields", ()) for cls in owner.__mro__)
    return frozenset(name for names in declared for name in names)


def links_of(owner: type) -> dict[str, tuple[str, str]]:
    """Return (page field, address field) by the name of the field with the text of the link."""
    links: dict[str, tuple[str, str]] = {}
    for cls in reversed(owner.__mro__):
        links |= vars(cls).get("link_fields", {})
    return links
