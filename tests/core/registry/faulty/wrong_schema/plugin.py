"""The card; the fault lies in the table."""

from faulty.cards import card
from faulty.wrong_schema import models

PLUGIN = card("wrong_schema")
TABLE = models.Misplaced
