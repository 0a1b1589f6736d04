"""What the services need from the outside, as typed protocols; each docstring is a promise an
adapter keeps.
"""
