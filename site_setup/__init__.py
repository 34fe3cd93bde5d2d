"""First-run set-up of pages, teams and rights, and checks for pages that nobody can approve."""
