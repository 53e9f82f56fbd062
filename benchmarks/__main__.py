"""``python -m benchmarks [pages] [papers] [imports] [grid] [writes] [recheck]``: print these tables, or all."""

import subprocess
import sys

TABLES = ("pages", "papers", "imports", "grid", "writes", "recheck")


def main(wanted: list[str]) -> int:
    """Each table in a process of its own, so that none warms another."""
    unknown = set(wanted) - set(TABLES)
    if unknown:
        print(f"There is no {', '.join(sorted(unknown))}; choose from {', '.join(TABLES)}.", file=sys.stderr)
        return 2
    return max(subprocess.call([sys.executable, "-m", f"benchmarks.{name}"]) for name in wanted or TABLES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
