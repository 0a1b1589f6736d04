"""Standard SQS queues; never FIFO: nothing here depends on order or on single delivery."""
