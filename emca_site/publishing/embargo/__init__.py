"""The embargo check and fact-check links."""
