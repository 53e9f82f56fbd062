"""Internship placements: hosts, posts, placements and the law that guards them."""
