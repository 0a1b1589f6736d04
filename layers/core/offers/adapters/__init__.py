"""Technology behind the ports. Nothing here is imported before ``offers.wiring`` is asked for it."""
