"""Reading rolls, leave, what they excuse, and where everybody is."""
