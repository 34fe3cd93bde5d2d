"""Every address of the desk, from the URL resolver, pointed at things that a test names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

NAMED_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern below /admin/: its name with namespaces, and its parts to fill."""

    name: str
    pattern: str

    @property
    def parts(self) -> list[str]:
        return NAMED_GROUP.findall(self.pattern) or CONVERTER.findall(self.pattern)

    def filled(self, values: dict) -> str:
        """The path. Raises `KeyError` for a part that `values` does not know."""
        path = NAMED_GROUP.sub(lambda match: str(values[match[1]]), self.pattern)
        path = CONVERTER.sub(lambda match: str(values[match[1]]), path)
        path = path.replace(r"\.", ".").replace("^.*/$", "nothing/here/")
        return "/" + path.replace("^", "").replace("$", "")


def admin_addresses() -> list[Address]:
    return [
        each for each in _walk(get_resolver().url_patterns) if each.pattern.startswith("admin/")
    ]


def _walk(patterns, prefix: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[Address]:
    for each in patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from _walk(each.url_patterns, pattern, inner)
        elif isinstance(each, URLPattern):
            yield Address(":".join((*namespaces, each.name or "")), pattern)
