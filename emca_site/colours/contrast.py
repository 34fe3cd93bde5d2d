"""The contrast between two colours, as WCAG 2.2 defines it."""


def channels(colour: str) -> list[float]:
    """Red, green and blue of a colour such as #0f3d46, each from 0 to 1."""
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: str, share: float, ground: str) -> str:
    """A ground with a share of a colour in it, as `color-mix()` gives it but for a hair."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    values = (round(255 * (share * upper + (1 - share) * lower)) for upper, lower in pairs)
    return "#" + "".join(f"{value:02x}" for value in values)


def contrast(first: str, second: str) -> float:
    """From 1, for two equal colours, to 21, for black on white."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)
