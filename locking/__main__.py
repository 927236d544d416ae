"""Command line: ``python -m locking renew`` and ``python -m locking audit``."""

from __future__ import annotations

import subprocess
import sys

from locking.audit import audit
from locking.lock import LOCKS, renew


def main(argv: list[str]) -> int:
    """Run a command; return the exit code."""
    if argv == ["renew"]:
        try:
            for requirements in LOCKS:
                renew(requirements)
        except subprocess.CalledProcessError as error:
            print(f"error: the locks could not be made: {error.stderr.strip()}", file=sys.stderr)
            return 2
        return 0
    if argv == ["audit"]:
        code, told = audit()
        print(*told, sep="\n")
        return code
    print("error: say renew or audit", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
