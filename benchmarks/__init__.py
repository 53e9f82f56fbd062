"""How fast the product is, beside a bare Flask and beside itself with few records: ``python -m benchmarks``."""
