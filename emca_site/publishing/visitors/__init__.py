"""Handle people without an account: what they may send, and the site as they see it."""
