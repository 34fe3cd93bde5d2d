"""Convert the description of a version to plain texts, for permanent records."""

from collections.abc import Iterable, Iterator

from emca_site.publishing.comparison.versions.said import Said


def as_texts(said: Iterable[Said]) -> dict[str, str]:
    """Return the text of each non-empty field by its label, preceded by the labels around it."""
    texts = {}
    for name, text in _leaves(said, ()):
        number = 2
        unique = name
        while unique in texts:
            unique, number = f"{name} ({number})", number + 1
        texts[unique] = text
    return texts


def _leaves(said: Iterable[Said], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for each in said:
        path = (*above, each.label)
        if each.paragraphs:
            lines = ("".join(word.text for word in paragraph) for paragraph in each.paragraphs)
            yield ": ".join(path), "\n".join(lines)
        yield from _leaves(each.parts, path)
