"""The desk's screens for publishing, a file for each."""
