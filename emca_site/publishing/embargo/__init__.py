"""The embargo check, and fact-check links for people without an account."""
