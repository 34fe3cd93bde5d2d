"""Numbers as words, for headings and sentences."""

_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def number_in_words(number: int) -> str:
    """“eight”, “forty-two”, “one hundred”; figures above that, “no” for nought."""
    if number < len(_SMALL):
        return _SMALL[number]
    if number == 100:
        return "one hundred"
    if number > 100:
        return f"{number:,}"
    tens, rest = divmod(number, 10)
    return f"{_TENS[tens - 2]}-{_SMALL[rest]}" if rest else _TENS[tens - 2]
