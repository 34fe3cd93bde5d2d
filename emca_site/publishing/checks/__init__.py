"""The checks on content before it goes out. The code calls them the gate."""
