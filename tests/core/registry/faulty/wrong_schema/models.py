"""A table that sits in core's schema."""

from core.plugin_api import Base, TenantOwned


class Misplaced(TenantOwned, Base):
    """Where it does not belong."""

    __tablename__ = "misplaced"
    __table_args__ = ({"schema": "core"},)
