"""``python -m tools.entities``: write docs/entities.md, or say which lines do not hold."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.entities.checks import faults
from tools.entities.declared import chapters
from tools.entities.page import page
from tools.entities.program import running

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Check everything first; a document with a fault in it is not written."""
    declared, program = chapters(ROOT / "docs/entities"), running()
    wrong = faults(declared, program, ROOT)
    if wrong:
        sys.stderr.write("".join(f"{one}\n" for one in wrong))
        return 1
    (ROOT / "docs/entities.md").write_text(page(declared, program), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
