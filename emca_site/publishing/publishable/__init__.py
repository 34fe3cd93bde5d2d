"""What two people publish: pages and snippets with drafts, schedules and changes."""
