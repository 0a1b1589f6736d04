"""The simulated provisioning system (CONTRACT.md, "The provisioning system")."""
