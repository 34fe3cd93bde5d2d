"""What a version says as plain texts, for a record that stays."""

from collections.abc import Iterable, Iterator

from emca_site.publishing.comparison.versions.said import Said


def as_texts(said: Iterable[Said]) -> dict[str, str]:
    """The text of each field by its name, with the names of what it stands in; no empty one."""
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
