from django.db import models


class Theme(models.TextChoices):
    """How a priority area is told apart: a colour, a pictogram and an accent in one choice."""

    TRANSPORT = "transport", "Transport: brick red, a train"
    HOUSING = "housing", "Housing: copper, a house"
    SKILLS = "skills", "Skills: violet, an open book"
    NET_ZERO = "net-zero", "Net zero: oak green, a tree"
    ECONOMY = "economy", "Economy: river blue, a factory"
