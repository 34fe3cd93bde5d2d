"""The version of the site's content, what renews it, and a cache that lasts until then."""
