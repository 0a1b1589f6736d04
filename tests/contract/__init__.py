"""One suite for each port runs against the fake and the real adapter."""
