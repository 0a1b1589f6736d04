"""Who may administer, and the record of it."""
