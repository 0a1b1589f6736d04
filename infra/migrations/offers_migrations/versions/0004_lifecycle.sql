-- The life of a subscription: reminders, expiry, renewal, deactivation.

-- What became of an address by bounces and complaints, and whether its owner wants reminders. The token is what a link
-- in a reminder holds: 122 random bits that do nothing but switch reminders.
ALTER TABLE users
    ADD COLUMN email_status text NOT NULL DEFAULT 'deliverable'
        CHECK (email_status IN ('deliverable', 'bounced', 'complained')),
    ADD COLUMN reminders_off_at timestamptz,
    ADD COLUMN unsubscribe_token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
CREATE INDEX users_email_idx ON users (lower(email));

-- A new address has not bounced.
CREATE FUNCTION forget_email_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.email_status := 'deliverable';
    RETURN NEW;
END $$;
CREATE TRIGGER users_email_changed BEFORE UPDATE OF email ON users FOR EACH ROW
    WHEN (lower(NEW.email) <> lower(OLD.email)) EXECUTE FUNCTION forget_email_status();

-- What was promised and tried about renewing the period that ends at `period`; `tries` are those of automatic renewal.
CREATE TABLE renewals (
    subscription_id       uuid NOT NULL REFERENCES subscriptions,
    period                timestamptz NOT NULL,
    announced_price_minor bigint CHECK (announced_price_minor > 0),
    currency              text CHECK (currency ~ '^[A-Z]{3}$'),
    tries                 integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    next_try_at           timestamptz,
    PRIMARY KEY (subscription_id, period),
    CONSTRAINT renewals_announced CHECK ((announced_price_minor IS NULL) = (currency IS NULL)),
    CONSTRAINT renewals_tried CHECK ((tries > 0) = (next_try_at IS NOT NULL))
);
-- A promise stands: a later announcement for the same period may only be lower.
CREATE FUNCTION check_renewal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.announced_price_minor < coalesce(NEW.announced_price_minor, 9223372036854775807) THEN
        RAISE EXCEPTION 'renewal of %: announced %, now %', OLD.subscription_id, OLD.announced_price_minor,
            NEW.announced_price_minor
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'renewals_promise';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER renewals_promise BEFORE UPDATE ON renewals FOR EACH ROW EXECUTE FUNCTION check_renewal_change();
-- Covers what the sweep asks, so that it reads in order and stops at the end of its page.
CREATE INDEX subscriptions_renewing_idx ON subscriptions (expires_at, id) INCLUDE (offer_id)
    WHERE status = 'active' AND auto_renew;

-- Services to be ended outside: one for each expiry, named by the transaction that paid for the period that ended.
CREATE TABLE deactivations (
    operation_id     uuid PRIMARY KEY REFERENCES transactions,
    subscription_id  uuid NOT NULL REFERENCES subscriptions,
    status           text NOT NULL CHECK (status IN ('pending', 'done', 'refused', 'superseded')),
    attempts         integer NOT NULL DEFAULT 0,
    next_try_at      timestamptz NOT NULL,
    attention_reason text,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);
CREATE INDEX deactivations_due_idx ON deactivations (next_try_at, operation_id) WHERE status = 'pending';
CREATE INDEX deactivations_subscription_id_idx ON deactivations (subscription_id);
CREATE INDEX deactivations_attention_idx ON deactivations (operation_id) WHERE attention_reason IS NOT NULL;
