-- The life of a subscription: reminders, expiry, renewal, deactivation.
SELECT 1;
