-- Replays of a webhook delivery are counted; those of before are not.
ALTER TABLE webhook_deliveries
    ADD COLUMN replays integer NOT NULL DEFAULT 0 CHECK (replays >= 0);
