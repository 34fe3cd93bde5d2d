"""Numbers and lists in words, for use in sentences."""

from collections.abc import Iterable

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_TEENS = ["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
_TEENS += ["eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_BELOW_TWENTY = [*_ONES, *_TEENS]


def in_words(number: int) -> str:
    """Return a whole number in words up to a hundred, above that in digits such as 1,234."""
    if number == 100:
        return "one hundred"
    if not 0 <= number < 100:
        return f"{number:,}"
    if number < 20:
        return _BELOW_TWENTY[number]
    tens, ones = divmod(number, 10)
    word = _TENS[tens - 2]
    return f"{word}-{_ONES[ones]}" if ones else word


def counted(number: int, one: str, many: str = "", most: int | None = None) -> str:
    """Return a count with its noun: “no articles”, “one article”, “sixteen articles”.

    `many` is for plurals without an added s. Above `most`, which is where counting stopped, it
    returns “more than 1,000 articles”.
    """
    many = many or f"{one}s"
    if most is not None and number > most:
        return f"more than {in_words(most)} {many}"
    if number == 1:
        return f"one {one}"
    return f"{in_words(number) if number else 'no'} {many}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Join several words as in a sentence: “a, b and c”."""
    *before, final = [*words] or [""]
    return f"{', '.join(before)} {last} {final}" if before else final


def sentence(words: str) -> str:
    """Return the words with a capital letter at the start, otherwise unchanged."""
    return words[:1].upper() + words[1:]


def mid_sentence(words: str) -> str:
    """Return a heading or name as it is written inside a sentence. Initials such as “EV” stay."""
    first = words.split(" ", 1)[0]
    return words if first[1:] != first[1:].lower() else words[:1].lower() + words[1:]
