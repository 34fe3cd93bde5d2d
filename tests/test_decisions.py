"""The decisions stand by room, newest last, and each says what would change it."""

import re
from datetime import datetime
from pathlib import Path

from tests.test_layers import LAYERS

DECISIONS = Path(__file__).resolve().parent.parent / "docs" / "decisions.md"


def decisions() -> list[tuple[str, str]]:
    """Each paragraph of the decisions, with its heading."""
    found, heading = [], ""
    for paragraph in DECISIONS.read_text().split("\n\n")[2:]:
        if paragraph.startswith("## "):
            heading = paragraph.removeprefix("## ").strip()
        else:
            found.append((heading, " ".join(paragraph.split())))
    return found


def test_every_decision_has_a_room_a_day_and_what_would_change_our_mind():
    rooms = {layer.removeprefix("emca_site.").replace(".", "/") for layer in LAYERS}
    others = {"Templates and style sheets", "Tests and tools", "Running it", "The whole site"}
    days = {}
    for heading, text in decisions():
        assert heading in rooms | others, text
        title = re.match(r"\*\*(\d+ \w+ \d+) · [^*]+\*\*", text)
        assert title, text
        day = datetime.strptime(title[1], "%d %B %Y").date()
        assert "change our mind" in text.lower(), text
        assert days.setdefault(heading, day) <= day, f"newest last: {text}"
        days[heading] = day
