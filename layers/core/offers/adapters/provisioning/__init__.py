"""The provisioning system, over HTTP."""
