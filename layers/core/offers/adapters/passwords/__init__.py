"""Password hashing with argon2-cffi."""
