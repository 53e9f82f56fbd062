"""How many examples a property is tried with: a sample in ``make test``, more where ``EXCHANGE_EXAMPLES`` asks."""

import os

from hypothesis import HealthCheck, settings

MACHINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
"""What says something about the machine, or about fixtures that the property itself empties."""


def examples(count):
    """Settings for so many examples; a machine on which others work keeps no deadline."""
    wanted = int(os.environ.get("EXCHANGE_EXAMPLES", "0"))
    return settings(max_examples=max(count, wanted), deadline=None, suppress_health_check=MACHINE)
