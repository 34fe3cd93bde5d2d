from django.db import models


class Who(models.TextChoices):
    """Who may be responsible. Which council that is depends on where the resident lives."""

    AUTHORITY = "authority", "This authority"
    CITY = "city", "Your city council"
    COUNTY = "county", "Your county council"
    DISTRICT = "district", "Your district or borough council"
    GOVERNMENT = "government", "The government"
    OTHER = "other", "Someone else"


# One council does every council job in a city; two share them in a district or borough.
IN_A_CITY = [Who.AUTHORITY, Who.CITY, Who.GOVERNMENT, Who.OTHER]
IN_A_DISTRICT = [Who.AUTHORITY, Who.COUNTY, Who.DISTRICT, Who.GOVERNMENT, Who.OTHER]
