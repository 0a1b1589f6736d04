"""What administrators send and see."""
