"""What is not ours, or may vanish: queues, mail, tokens, the provisioning system, projections."""
