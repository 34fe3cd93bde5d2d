"""Schedulers that are killed at random moments: nothing is lost, doubled or early."""
