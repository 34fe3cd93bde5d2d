"""Rich text, the links in it, and words for readers."""
