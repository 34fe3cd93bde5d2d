"""UK clock time in words, clock changes, dates as people type them."""
