"""The keys that sign tokens and seal secrets: new ones, and the steps in which they change."""
