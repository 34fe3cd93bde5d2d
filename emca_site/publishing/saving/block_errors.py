"""Validation errors nested like their blocks, so that each message is shown at its own block."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    BaseTypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail.images.blocks import ImageBlock

NESTED = (
    (blocks.BaseStreamBlock, blocks.StreamBlockValidationError),
    (blocks.BaseStructBlock, blocks.StructBlockValidationError),
    (blocks.ListBlock, blocks.ListBlockValidationError),
)


def with_message(
    errors: Iterable[ValidationError], block, value, path: tuple, message: str, yields: bool
) -> ValidationError:
    """Return one error: the errors of a block, and a message for the block at a path below it.

    With `yields` the message is left out if there is another at the same place.
    """
    errors = [*errors]
    if isinstance(block, BaseTypedTableBlock):
        return _in_table(errors, path, message, yields)
    kind = next((error for of, error in NESTED if isinstance(block, of)), None)
    if kind is None:
        return _in_line(errors, message, yields)
    nested = _as(kind, errors)
    if not path:
        _append(nested, message, yields)
        return nested
    step, *rest = path
    child_block, child_value = _child(block, value, step)
    there = nested.block_errors.get(step)
    nested.block_errors[step] = with_message(
        [there] if there else [], child_block, child_value, tuple(rest), message, yields
    )
    return nested


def _child(block, value, step):
    if isinstance(block, blocks.BaseStreamBlock):
        return value[step].block, value[step].value
    if isinstance(block, blocks.ListBlock):
        return block.child_block, value[step]
    # The value of an image block is the image itself, and its fields contain no further blocks.
    child_value = None if isinstance(block, ImageBlock) else value.get(step)
    return block.child_blocks[step], child_value


def _as(kind, errors):
    """Merge errors into one of a nesting kind; the others become errors of the whole block."""
    nested = next((error for error in errors if isinstance(error, kind)), None)
    plain = [error for error in errors if error is not nested]
    if nested is None:
        return kind(non_block_errors=plain)
    nested.non_block_errors.extend(plain)
    return nested


def _append(nested, message: str, yields: bool) -> None:
    there = [words for error in nested.non_block_errors.as_data() for words in error.messages]
    is_said = bool(there) or bool(getattr(nested, "block_errors", None))
    if message not in there and not (yields and is_said):
        nested.non_block_errors.append(ValidationError(message, code="gate"))


def _in_line(errors, message: str, yields: bool) -> ValidationError:
    there = [words for error in errors for words in error.messages]
    if message in there or (yields and there):
        return ValidationError(errors)
    return ValidationError([*errors, ValidationError(message, code="gate")])


def _in_table(errors, path: tuple, message: str, yields: bool) -> ValidationError:
    nested = _as(TypedTableBlockValidationError, errors)
    nested.cell_errors = nested.cell_errors or {}
    if not path:
        _append(nested, message, yields)
        return nested
    row, column = path[:2]
    cells = nested.cell_errors.setdefault(row, {})
    there = [cells[column]] if column in cells else []
    cells[column] = _in_line(there, message, yields)
    return nested
