"""The entrance for ``flask`` and for web servers."""

import sys

from exchange import create_app
from exchange.core.errors import UsageProblem

try:
    app = create_app()
except UsageProblem as problem:
    print(problem, file=sys.stderr)
    sys.exit(2)
