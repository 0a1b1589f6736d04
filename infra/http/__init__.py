"""Our own API over HTTP, for the command line, the demo and the commands of the laptop stack."""
