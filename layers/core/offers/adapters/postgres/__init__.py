"""The store of offers.ports.store in PostgreSQL. Start at ``store.py``; nothing is imported here,
because SQLAlchemy and the driver cost a cold start 0.2 s."""
