"""Technology behind the ports: loaded only when ``offers.wiring`` is asked for it."""
