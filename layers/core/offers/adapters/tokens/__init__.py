"""Access tokens (JWS ES256 through PyJWT) and refresh tokens."""
