"""API Gateway: SAM CLI's local service plus what it lacks."""
