"""Describe the content of a version in words, and compare two versions."""
