"""One use case per file:

a frozen dataclass whose fields are its collaborators, called like a function.
"""
