"""What template.yaml says, as frozen dataclasses; SAM CLI's packages stay in sam_cli.py."""
