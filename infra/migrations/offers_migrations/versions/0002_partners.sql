-- Partners: limits, webhooks and what they are owed.
SELECT 1;
