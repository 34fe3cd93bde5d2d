"""The scheduler, which publishes and unpublishes objects at their scheduled times."""
