"""Which database a model has a table in."""

from django.db import connections


class VendorRouter:
    """Keeps a model with `required_db_vendor` out of the databases of other vendors.

    `migrate` makes no table for it there, but `dumpdata` asks the routers alone.
    """

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        model = hints.get("model")
        vendor = model._meta.required_db_vendor if model else None
        return False if vendor and vendor != connections[db].vendor else None
