"""The whole stack on one machine, read from the template that is deployed (DESIGN.md §5)."""
