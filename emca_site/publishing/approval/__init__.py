"""Two people: submitting, deciding, proposals, and publishing now with a reason."""
