"""The account and region that everything on this machine pretends to be in."""

ACCOUNT = "123456789012"
REGION = "us-east-1"
