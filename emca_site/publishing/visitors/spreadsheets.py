"""Make text that people typed safe in files that spreadsheets open."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class NoFormulasMixin:
    """Report mixin: no text that somebody typed becomes a formula in the exported file."""

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        if isinstance(value, str) and value.startswith(FORMULA_STARTS):
            return f"'{value}"
        return value
