"""Which tests of a cross product `make test` runs: every value of every parameter, once at least.

A test with several lists of parameters is run by pytest for each combination. What breaks is nearly
always one value, whatever it is combined with, so the combinations are left to `make test-all`.
"""

from collections import defaultdict


def covering(items: list, once: set[str] = frozenset()) -> set:
    """The items that together have every value of every parameter of their test function.

    Of the files in `once`, the first item of each test function.
    """
    families = defaultdict(list)
    for item in items:
        families[item.parent.nodeid, getattr(item, "originalname", item.name)].append(item)
    return {
        item
        for family in families.values()
        for item in (family[:1] if family[0].location[0] in once else each_value_once(family))
    }


def each_value_once(family: list) -> list:
    """Take the item that brings most new values, the first one of equals, until none does."""
    values = {item: values_of(item) for item in family}
    wanted = set().union(*values.values())
    if not wanted:
        return family
    taken = []
    while wanted:
        best = max(family, key=lambda item: len(values[item] & wanted))
        wanted -= values[best]
        taken.append(best)
    return taken


def values_of(item) -> set[tuple[int, str]]:
    """Which value a test has of each of its lists of parameters, by pytest's name for it."""
    # pytest numbers the parameters of a combination anew; only these names are still apart.
    return set(enumerate(item.callspec._idlist)) if hasattr(item, "callspec") else set()
