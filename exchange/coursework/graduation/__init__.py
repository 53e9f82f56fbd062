"""Who may graduate, and what every other still lacks (``domain/rules.md`` §2.4)."""
