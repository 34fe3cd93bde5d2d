"""What version the site is at, what renews it, and what a process caches until then."""
