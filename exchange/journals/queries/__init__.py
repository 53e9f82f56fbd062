"""Reads of logs and reports: what one internship has, what is missing, and what waits for whom."""
