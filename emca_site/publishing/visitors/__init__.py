"""People without an account: what they may send, and the site as one of them sees it."""
