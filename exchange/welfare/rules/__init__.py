"""When somebody must act, and who: the counters of the registry rules, with numbers from ``limits.json``."""
