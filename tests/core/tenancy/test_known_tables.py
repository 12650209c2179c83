"""No order of imports may leave a table without its bounds."""

from __future__ import annotations

import subprocess
import sys

ALL = """
import core.register.models, core.register.contribution  # before the bounds, as the program does
from core.db.base import Base
from core.tenancy.bounds import scoped_classes
from core.tenancy.models import AreaScoped, Confidential, PartlyConfidential, TenantOwned
kinds = (AreaScoped, Confidential, PartlyConfidential)
mapped = [m.class_ for m in Base.registry.mappers]
bounded = {c for c in mapped if issubclass(c, TenantOwned) and issubclass(c, kinds)}
assert bounded and bounded <= set(scoped_classes()), bounded - set(scoped_classes())
"""


def test_every_bounded_table_is_known_whatever_was_imported_first() -> None:
    done = subprocess.run([sys.executable, "-c", ALL], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
