"""Messages of queues, runs of schedules, events of SNS."""
