"""moto's server in a process of its own, with a mailbox and lasting API keys."""
