"""Every field that readers meet, of a model or a block, says what it is to the checks."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from emca_site.publishing.audit.records import fields_shown, is_record
from emca_site.publishing.checks.gate.claims import HEADINGS_OF_WAGTAIL, headings_of, links_of
from emca_site.publishing.checks.gate.model_pieces import is_for_readers, is_heading, is_wagtails
from emca_site.publishing.publishable.models.two_people import draftable_models

HEADING_ENDINGS = ("title", "heading", "headline")
LINK_ENDING = "link_text"
# Nothing to read in them: a form cannot go wrong in words there.
QUIET_FIELDS = (
    models.BooleanField,
    models.DateField,
    models.DecimalField,
    models.EmailField,
    models.FileField,
    models.IntegerField,
    models.ForeignKey,
    models.ManyToManyField,
)
READ_FIELDS = (models.CharField, models.TextField, RichTextField, StreamField)
QUIET_BLOCKS = (blocks.BooleanBlock, blocks.PageChooserBlock, blocks.URLBlock)
READ_BLOCKS = (
    BaseTypedTableBlock,
    DocumentChooserBlock,
    ImageBlock,
    SnippetChooserBlock,
    blocks.CharBlock,
    blocks.RichTextBlock,
    blocks.TextBlock,
)


def models_for_readers() -> list[type[models.Model]]:
    """What the checks read: what two people publish, its children, and records with words."""
    known = [*draftable_models(), *filter(is_record, apps.get_models())]
    children = [
        model
        for model in apps.get_models()
        if any(isinstance(field, models.ForeignKey) for field in model._meta.concrete_fields)
        and any(
            type(field).__name__ == "ParentalKey" and issubclass(field.related_model, tuple(known))
            for field in model._meta.concrete_fields
        )
    ]
    return [model for model in dict.fromkeys([*known, *children]) if not is_wagtails(model)]


def fields_for_readers(model) -> list[models.Field]:
    names = fields_shown(model) if is_record(model) else []
    fields = filter(is_for_readers, model._meta.get_fields())
    return [field for field in fields if not names or field.name in names]


def blocks_in(block, name: str) -> Iterator[tuple[str, blocks.Block]]:
    """A block and every block in it, each with its path."""
    yield name, block
    if isinstance(block, ImageBlock):
        return
    for child_name, child in getattr(block, "child_blocks", {}).items():
        yield from blocks_in(child, f"{name}.{child_name}")
    if isinstance(block, blocks.ListBlock):
        yield from blocks_in(block.child_block, f"{name}[]")


BLOCKS = dict(
    item
    for model in models_for_readers()
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
    for item in blocks_in(field.stream_block, f"{model.__name__}.{field.name}")
)


def test_there_is_something_to_hold():
    assert {"ArticlePage", "Banner", "Contact", "Evidence", "HomePage", "KnownIssue"} <= {
        model.__name__ for model in models_for_readers()
    }
    assert "ArticlePage.body.aims.items[].text" in BLOCKS


@pytest.mark.parametrize("model", models_for_readers(), ids=lambda model: model.__name__)
def test_every_field_that_readers_meet_is_of_a_kind_that_the_checks_know(model):
    unknown = [
        field.name
        for field in fields_for_readers(model)
        if not isinstance(field, READ_FIELDS + QUIET_FIELDS)
    ]
    assert unknown == []


@pytest.mark.parametrize("model", models_for_readers(), ids=lambda model: model.__name__)
def test_a_field_that_is_called_like_a_heading_or_a_link_says_that_it_is_one(model):
    fields = fields_for_readers(model)
    headings = {field.name for field in fields if field.name.endswith(HEADING_ENDINGS)}
    assert {field.name for field in fields if is_heading(field)} >= headings
    links = {field.name for field in fields if field.name.endswith(LINK_ENDING)}
    assert links <= set(links_of(model))


@pytest.mark.parametrize("model", models_for_readers(), ids=lambda model: model.__name__)
def test_a_model_declares_only_fields_that_it_has(model):
    names = {field.name for field in model._meta.get_fields()}
    declared = [*headings_of(model), *links_of(model)]
    declared += [name for ends in links_of(model).values() for name in ends if name]
    assert set(declared) <= names | HEADINGS_OF_WAGTAIL


@pytest.mark.parametrize("path", BLOCKS)
def test_every_block_is_of_a_kind_that_the_checks_know_and_declares_what_it_has(path):
    block = BLOCKS[path]
    if isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        return
    if not isinstance(block, blocks.BaseStructBlock) or isinstance(block, ImageBlock):
        assert isinstance(block, READ_BLOCKS + QUIET_BLOCKS)
        return
    names, meta = set(block.child_blocks), type(block.meta)
    links = links_of(meta)
    assert {name for name in names if name.endswith("heading")} == headings_of(meta)
    assert set(links) | {name for ends in links.values() for name in ends} <= names

    def has(kind):
        return any(isinstance(each, kind) for each in block.child_blocks.values())

    assert bool(links) == has(blocks.PageChooserBlock)
    for attribute, kind in (("caption_field", ImageBlock), ("name_field", DocumentChooserBlock)):
        assert has(kind) == (getattr(block.meta, attribute, None) in names), attribute
