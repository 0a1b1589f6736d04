"""What the functions wrote, for whoever is watching."""
