"""Checks uploads by their content and redraws pictures."""
