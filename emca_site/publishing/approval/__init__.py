"""Approval by a second person: submitting, deciding, proposals, and publish now with a reason."""
