"""Hand-written stand-ins for the ports; tests/contract holds each against its real adapter."""
