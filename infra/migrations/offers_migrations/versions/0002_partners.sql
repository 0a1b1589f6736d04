-- Partners: limits, webhooks and what they are owed.
ALTER TABLE partners
    ADD COLUMN contact_email                 text NOT NULL DEFAULT '',
    ADD COLUMN usage_plan                    text NOT NULL DEFAULT 'basic' CHECK (usage_plan IN ('basic', 'premium')),
    ADD COLUMN activations_per_minute        integer NOT NULL DEFAULT 60 CHECK (activations_per_minute > 0),
    ADD COLUMN activations_per_day           integer NOT NULL DEFAULT 5000 CHECK (activations_per_day > 0),
    ADD COLUMN webhook_url                   text,
    ADD COLUMN webhook_secret                text,
    ADD COLUMN webhook_previous_secret       text,
    ADD COLUMN webhook_previous_secret_until timestamptz,
    ADD COLUMN webhook_failing_since         timestamptz,
    ADD COLUMN webhook_disabled_at           timestamptz,
    ADD COLUMN updated_at                    timestamptz,
    ADD COLUMN version                       integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT partners_webhook CHECK ((webhook_url IS NULL) = (webhook_secret IS NULL)),
    ADD CONSTRAINT partners_webhook_rotation CHECK (
        (webhook_previous_secret IS NULL) = (webhook_previous_secret_until IS NULL)
        AND (webhook_secret IS NOT NULL OR webhook_previous_secret IS NULL)
    );
UPDATE partners SET updated_at = created_at;
ALTER TABLE partners ALTER COLUMN updated_at SET NOT NULL, ALTER COLUMN contact_email DROP DEFAULT;
-- The list, newest first.
CREATE INDEX partners_created_at_idx ON partners (created_at DESC, id DESC);

-- How many activations were accepted in the current calendar minute and day; locked together with the account.
CREATE TABLE partner_usage (
    partner_id   uuid PRIMARY KEY REFERENCES partners,
    minute_start timestamptz NOT NULL,
    minute_count integer NOT NULL DEFAULT 0,
    day_start    timestamptz NOT NULL,
    day_count    integer NOT NULL DEFAULT 0
);
INSERT INTO partner_usage (partner_id, minute_start, day_start)
    SELECT id, date_trunc('minute', created_at, 'UTC'), date_trunc('day', created_at, 'UTC') FROM partners;

ALTER TABLE webhook_deliveries
    ADD COLUMN queued_at       timestamptz NOT NULL,
    ADD COLUMN next_attempt_at timestamptz,
    ALTER COLUMN transaction_id SET NOT NULL,
    ADD CONSTRAINT webhook_deliveries_next_attempt CHECK ((status = 'queued') = (next_attempt_at IS NOT NULL));
-- A partner is told once how a transaction ended.
CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (transaction_id, event);
DROP INDEX webhook_deliveries_partner_id_idx;
CREATE INDEX webhook_deliveries_partner_id_idx ON webhook_deliveries (partner_id, created_at DESC, id DESC);
CREATE INDEX webhook_deliveries_created_at_idx ON webhook_deliveries (created_at);
CREATE INDEX webhook_deliveries_queued_idx ON webhook_deliveries (partner_id) WHERE status = 'queued';

CREATE TABLE webhook_attempts (
    delivery_id uuid NOT NULL REFERENCES webhook_deliveries ON DELETE CASCADE,
    number      integer NOT NULL CHECK (number > 0),
    at          timestamptz NOT NULL,
    http_status integer,
    error       text NOT NULL,
    duration_ms integer NOT NULL,
    PRIMARY KEY (delivery_id, number)
);
