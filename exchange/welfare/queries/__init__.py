"""Reads of the life of students: one module per noun."""
