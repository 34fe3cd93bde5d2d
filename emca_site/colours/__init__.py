"""The colours of the house and of the areas, as CSS tokens that keep WCAG's contrast."""
