"""A Lambda runtime: one forked process per concurrent invocation."""
