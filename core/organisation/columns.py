"""What the tables about units have in common."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core.db.base import CORE_SCHEMA, internal
from core.register.columns import Entered


class AtUnit(Entered):
    """An entered row about a unit of the state; it lies in the commune where the unit sits.

    So whoever reads that commune reads it too: a district its own, the province all of them.
    """

    @declared_attr
    def level(cls) -> Mapped[str]:  # noqa: N805  declared_attr is a class method
        """Commune, district or province."""
        return mapped_column(Text(), info=internal("at which level the unit stands"))

    @declared_attr
    def unit_id(cls) -> Mapped[int]:  # noqa: N805  declared_attr is a class method
        """The commune itself, its district, or its province."""
        return mapped_column(
            BigInteger(), ForeignKey(f"{CORE_SCHEMA}.area.id"), info=internal("which unit it is")
        )
