"""What a field is to a reader, as its model or its block declares it.

A model declares in its class, a block in its `Meta`. Every class adds to what its bases declare.

- `heading_fields`: the names of fields that are rendered as headings.
- `link_fields`: for each field with the words of a link, the fields of its page and its address;
  two empty names where the template gives the address.
- `caption_field`, of a block with a picture: the words below the picture.
- `name_field`, of a block with a file: the words that stand for the title of the file.
"""

# `Page` is Wagtail's, so what its fields are stands here.
HEADINGS_OF_WAGTAIL = frozenset({"title", "seo_title"})

LABEL = ("", "")


def headings_of(owner: type) -> frozenset[str]:
    """The fields of a model, or of a block by its `meta`, that are headings."""
    declared = (vars(cls).get("heading_fields", ()) for cls in owner.__mro__)
    return frozenset(name for names in declared for name in names)


def links_of(owner: type) -> dict[str, tuple[str, str]]:
    """The fields with the words of a link, each with its fields of a page and of an address."""
    links: dict[str, tuple[str, str]] = {}
    for cls in reversed(owner.__mro__):
        links |= vars(cls).get("link_fields", {})
    return links
