"""API Gateway's control plane through boto3."""
