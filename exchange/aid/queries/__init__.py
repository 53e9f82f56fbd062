"""Reads of aid, by subject: hardship, amounts in force, awards, double claims, changes of status, totals."""
