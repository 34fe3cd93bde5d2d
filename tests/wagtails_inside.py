"""What this project uses of Wagtail and Django beyond their documentation, found in the code."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.db import models

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["emca_site", "priorities", "news", "home", "site_setup", "demo", "deploy"]
LIBRARIES = {"wagtail", "modelcluster", "taggit", "treebeard", "willow", "django"}
DOCUMENTED = set((ROOT / "tests" / "documented_wagtail.txt").read_text().splitlines())

# Django documents these as a whole, with what stands in them...
DJANGO_MODULES = [
    "apps",
    "conf",
    "contrib.auth",
    "contrib.contenttypes",
    "contrib.messages",
    "contrib.postgres",
    "contrib.sitemaps",
    "core.cache",
    "core.checks",
    "core.exceptions",
    "core.files",
    "core.mail",
    "core.management",
    "core.paginator",
    "core.serializers",
    "core.signing",
    "core.validators",
    "core.wsgi",
    "db",
    "db.models",
    "forms",
    "http",
    "shortcuts",
    "template",
    "test",
    "urls",
    "utils.cache",
    "utils.dateparse",
    "utils.encoding",
    "utils.feedgenerator",
    "utils.functional",
    "utils.html",
    "utils.http",
    "utils.module_loading",
    "utils.safestring",
    "utils.text",
    "utils.timezone",
    "utils.translation",
    "views",
]
# ...but for these, which its reference does not name.
DJANGO_INSIDE = {
    "django.core.cache.backends.dummy.DummyCache",
    "django.core.cache.backends.redis.RedisCache",
    "django.db.models.lookups.IsNull",
    "django.template.defaultfilters.filesizeformat",
    "django.urls.URLResolver",
    "django.utils.cache.set_response_etag",
    "django.utils.http.quote_etag",
    "django.utils.http.url_has_allowed_host_and_scheme",
    "django.utils.text.capfirst",
}
# Documented, in a module that is not as a whole.
DJANGO_NAMES = {
    "django.middleware.csrf.get_token",
    "django.templatetags.static.static",
    "django.utils.formats.date_format",
}
# From the README of django-modelcluster.
CLUSTERS = {
    "modelcluster.fields.ParentalKey",
    "modelcluster.fields.ParentalManyToManyField",
    "modelcluster.models.ClusterableModel",
}
# Django's documentation has these, with their stroke.
PRIVATE_BUT_DOCUMENTED = {
    *("_meta", "_base_manager", "_default_manager", "_db"),
    *("_open", "_save"),  # of a storage
    "_asdict",  # Python's
}

Uses = dict[str, set[str]]


def is_documented(name: str) -> bool:
    if not name.startswith("django."):
        return name in DOCUMENTED or name in CLUSTERS
    if name in DJANGO_INSIDE:
        return False
    documented = (f"django.{module}." for module in DJANGO_MODULES)
    return name in DJANGO_NAMES or f"{name}.".startswith(tuple(documented))


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the project but the migrations, which Django writes."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text())
        for room in ROOMS
        for path in sorted(ROOT.joinpath(room).rglob("*.py"))
        if "migrations" not in path.parts
    }


def undocumented_imports() -> Uses:
    found = defaultdict(set)
    for path, tree in sources().items():
        for name in imported(tree):
            if name.split(".")[0] in LIBRARIES and not is_documented(name):
                found[name].add(path)
    return found


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def private_names() -> Uses:
    """Names with a stroke before them that are a library's: no class here begins them."""
    own, foreign = set(), defaultdict(set)
    for tree in sources().values():
        own.update(_names_made_in(tree))
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or not re.match(r"_[^_]", node.attr):
                continue
            if node.attr not in own | PRIVATE_BUT_DOCUMENTED:
                foreign[node.attr].add(path)
    return foreign


def _names_made_in(tree: ast.Module) -> Iterator[str]:
    """Attributes and methods that begin here, so none that goes on from `super()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and f"super().{node.name}" not in ast.unparse(node):
            yield node.name
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id
            elif isinstance(target, ast.Attribute) and ast.unparse(target.value) in OF_OURS:
                yield target.attr


OF_OURS = {"self", "cls", "request", "instance"}


def replaced_attributes(modules: dict) -> Uses:
    """Attributes of the libraries' own classes that are, at this moment, functions of ours."""
    found = defaultdict(set)
    for module in [each for name, each in modules.items() if name.split(".")[0] in LIBRARIES]:
        for thing in list(vars(module).values()):
            # By its own type, as asking a lazy object of Django's would set that up.
            if not issubclass(type(thing), type) or thing.__module__.split(".")[0] not in LIBRARIES:
                continue
            for name, value in vars(thing).items():
                if path := _path_of(value):
                    found[f"{thing.__module__}.{thing.__qualname__}.{name}"].add(path)
    return found


def _path_of(value) -> str:
    """The file of ours that a function or a class was written in; empty for a library's."""
    module = getattr(value, "__globals__", {}).get("__name__", "")
    if isinstance(value, type):
        # A model of ours stands there by a documented setting.
        module = "" if issubclass(value, models.Model) else value.__module__
    path = f"{module.replace('.', '/')}.py"
    return path if path in sources() else ""


def disconnected_receivers() -> set[str]:
    """Files that take a receiver away from a signal."""
    return {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "disconnect"
    }


def templates_of_libraries(folders: list[Path]) -> set[str]:
    """Templates of ours that stand in place of a library's of the same name."""
    names = {str(path.relative_to(ROOT / "templates")) for path in _files("templates", "html")}
    return {name for name in names if any((folder / name).exists() for folder in folders)}


def templates_built_on() -> Uses:
    found = defaultdict(set)
    for path in _files("templates", "html"):
        pattern = r'{% (?:extends|include) "(wagtail[^"]+)"'
        for name in re.findall(pattern, path.read_text()):
            if path != ROOT / "templates" / name:
                found[name].add(str(path.relative_to(ROOT)))
    return found


def url_names() -> Uses:
    found = defaultdict(set)
    for path, tree in sources().items():
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(r"wagtail[\w*]*(_[\w*]+|:[\w:*]+)", text):
                found[text].add(path)
    for path in _files("templates", "html"):
        for name in re.findall(r"""{% url ['"](wagtail[\w:]+)""", path.read_text()):
            found[name].add(str(path.relative_to(ROOT)))
    return found


SCRIPT_NAMES = re.compile(
    r"""
      "(w-[a-z]+:[a-z]+)"                                  # events
    | dataset\.(w[A-Z]\w+)                                 # values of controllers
    | (data-w-[a-z-]+)
    | (data-edit-form)
    | (CHOOSER_MODAL_ONLOAD_HANDLERS|wagtailConfig\.\w+)
    | \b(draftail\.\w+|wagtail\.components\.\w+|DraftJS|React)\b
    """,
    re.VERBOSE,
)


def script_names() -> Uses:
    found = defaultdict(set)
    for path in _files("static/js", "js"):
        for match in SCRIPT_NAMES.finditer(path.read_text()):
            found[next(filter(None, match.groups()))].add(str(path.relative_to(ROOT)))
    return found


def _files(folder: str, ending: str) -> list[Path]:
    return sorted((ROOT / folder).rglob(f"*.{ending}"))
