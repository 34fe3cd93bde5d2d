"""Rich text, the links in it, and numbers and lists in words."""
