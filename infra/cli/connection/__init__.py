"""Where commands go: the laptop stack, or a deployed stage."""
