CREATE TABLE users (
    id            uuid PRIMARY KEY,
    username      text NOT NULL CHECK (username <> '' AND length(username) <= 150),
    email         text NOT NULL,
    first_name    text NOT NULL,
    last_name     text NOT NULL,
    locale        text NOT NULL,
    time_zone     text NOT NULL,
    role          text NOT NULL CHECK (role IN ('customer', 'admin')),
    password_hash text NOT NULL,
    is_active     boolean NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX users_username_key ON users (lower(username));

CREATE TABLE partners (
    id         uuid PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    is_active  boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL
);

-- The key itself is kept by API Gateway; its hash lets an operator recognise one.
CREATE TABLE partner_api_keys (
    api_key_id text PRIMARY KEY,
    partner_id uuid NOT NULL REFERENCES partners,
    key_hash   bytea NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX partner_api_keys_partner_id_idx ON partner_api_keys (partner_id);

CREATE TABLE accounts (
    id                 uuid PRIMARY KEY,
    user_id            uuid UNIQUE REFERENCES users,
    partner_id         uuid UNIQUE REFERENCES partners,
    currency           text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    balance_minor      bigint NOT NULL DEFAULT 0,
    credit_limit_minor bigint NOT NULL DEFAULT 0 CHECK (credit_limit_minor >= 0),
    updated_at         timestamptz NOT NULL,
    CONSTRAINT accounts_one_owner CHECK (num_nonnulls(user_id, partner_id) = 1),
    CONSTRAINT accounts_not_overdrawn CHECK (balance_minor >= -credit_limit_minor),
    CONSTRAINT accounts_credit_is_for_partners CHECK (user_id IS NULL OR credit_limit_minor = 0)
);

CREATE TABLE offers (
    id            uuid PRIMARY KEY,
    code          text NOT NULL UNIQUE,
    name          text NOT NULL,
    description   text NOT NULL,
    category      text NOT NULL CHECK (category IN ('internet', 'tv', 'mobile', 'bundle')),
    products      text[] NOT NULL,
    price_minor   bigint NOT NULL CHECK (price_minor > 0),
    currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    duration_days integer NOT NULL CHECK (duration_days BETWEEN 1 AND 3660),
    status        text NOT NULL CHECK (status IN ('draft', 'active', 'retired')),
    valid_from    timestamptz NOT NULL,
    valid_until   timestamptz,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    version       integer NOT NULL DEFAULT 1,
    CONSTRAINT offers_valid_period CHECK (valid_until IS NULL OR valid_until > valid_from)
);
CREATE INDEX offers_name_idx ON offers (name, id);
CREATE INDEX offers_price_idx ON offers (price_minor, id);
CREATE INDEX offers_created_at_idx ON offers (created_at, id);

CREATE TABLE subscriptions (
    id           uuid PRIMARY KEY,
    user_id      uuid NOT NULL REFERENCES users,
    offer_id     uuid NOT NULL REFERENCES offers,
    price_minor  bigint NOT NULL CHECK (price_minor > 0),
    currency     text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    status       text NOT NULL CHECK (status IN ('pending', 'active', 'expired', 'cancelled', 'failed')),
    auto_renew   boolean NOT NULL DEFAULT false,
    starts_at    timestamptz,
    expires_at   timestamptz,
    cancelled_at timestamptz,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    CONSTRAINT subscriptions_period CHECK (
        CASE status WHEN 'pending' THEN true WHEN 'failed' THEN starts_at IS NULL ELSE starts_at IS NOT NULL END
        AND (starts_at IS NULL) = (expires_at IS NULL)
        AND expires_at > starts_at IS NOT FALSE
    ),
    CONSTRAINT subscriptions_cancelled_does_not_renew CHECK (cancelled_at IS NULL OR NOT auto_renew)
);
-- One live subscription per user and offer.
CREATE UNIQUE INDEX subscriptions_one_live ON subscriptions (user_id, offer_id)
    WHERE status IN ('pending', 'active');
CREATE INDEX subscriptions_user_id_idx ON subscriptions (user_id, id DESC);
CREATE INDEX subscriptions_expiring_idx ON subscriptions (expires_at, id) WHERE status = 'active';

CREATE TABLE transactions (
    id                     uuid PRIMARY KEY,
    kind                   text NOT NULL CHECK (kind IN ('activation', 'renewal')),
    channel                text NOT NULL CHECK (channel IN ('client', 'partner')),
    user_id                uuid NOT NULL REFERENCES users,
    offer_id               uuid NOT NULL REFERENCES offers,
    subscription_id        uuid NOT NULL REFERENCES subscriptions,
    account_id             uuid NOT NULL REFERENCES accounts,
    partner_id             uuid REFERENCES partners,
    partner_reference      text,
    amount_minor           bigint NOT NULL CHECK (amount_minor > 0),
    currency               text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    duration_days          integer NOT NULL CHECK (duration_days > 0),
    status                 text NOT NULL CHECK (status IN ('PENDING', 'PROCESSING', 'SUCCESS', 'FAILED')),
    version                integer NOT NULL,
    attempts               integer NOT NULL DEFAULT 0,
    attention_reason       text,
    lease_until            timestamptz,
    period_start           timestamptz,
    reference              text NOT NULL UNIQUE,
    provisioning_reference text,
    failure_code           text,
    failure_reason         text,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL,
    completed_at           timestamptz,
    CONSTRAINT transactions_partner_channel CHECK ((channel = 'partner') = (partner_id IS NOT NULL)),
    CONSTRAINT transactions_renewal_period CHECK ((kind = 'renewal') = (period_start IS NOT NULL)),
    CONSTRAINT transactions_completed CHECK ((status IN ('SUCCESS', 'FAILED')) = (completed_at IS NOT NULL)),
    CONSTRAINT transactions_failure CHECK (
        (status = 'FAILED') = (failure_code IS NOT NULL) AND (failure_code IS NULL) = (failure_reason IS NULL)
    ),
    CONSTRAINT transactions_attention CHECK (attention_reason IS NULL OR status = 'PROCESSING'),
    CONSTRAINT transactions_lease CHECK (lease_until IS NULL OR status = 'PROCESSING')
);
CREATE UNIQUE INDEX transactions_partner_reference_key ON transactions (partner_id, partner_reference)
    WHERE partner_reference IS NOT NULL;
-- One activation per subscription, and one renewal per period unless it failed.
CREATE UNIQUE INDEX transactions_one_activation ON transactions (subscription_id) WHERE kind = 'activation';
CREATE UNIQUE INDEX transactions_one_renewal ON transactions (subscription_id, period_start)
    WHERE kind = 'renewal' AND status <> 'FAILED';
-- The histories, newest first: of a user, of a partner, of everybody.
CREATE INDEX transactions_user_id_idx ON transactions (user_id, created_at DESC, id DESC);
CREATE INDEX transactions_partner_id_idx ON transactions (partner_id, created_at DESC, id DESC)
    WHERE partner_id IS NOT NULL;
CREATE INDEX transactions_created_at_idx ON transactions (created_at DESC, id DESC);
CREATE INDEX transactions_subscription_id_idx ON transactions (subscription_id, id DESC);
CREATE INDEX transactions_unsettled_idx ON transactions (updated_at, id) WHERE status IN ('PENDING', 'PROCESSING');
CREATE INDEX transactions_attention_idx ON transactions (id) WHERE attention_reason IS NOT NULL;

-- Append-only. `sequence` is drawn while the account's row is locked, so it orders each account's entries.
CREATE TABLE ledger_entries (
    id                  uuid PRIMARY KEY,
    sequence            bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    account_id          uuid NOT NULL REFERENCES accounts,
    kind                text NOT NULL CHECK (kind IN ('top_up', 'charge', 'refund', 'adjustment')),
    amount_minor        bigint NOT NULL,
    currency            text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    balance_after_minor bigint NOT NULL,
    transaction_id      uuid REFERENCES transactions DEFERRABLE INITIALLY DEFERRED,
    actor               text NOT NULL,
    reason              text NOT NULL,
    created_at          timestamptz NOT NULL,
    CONSTRAINT ledger_entries_sign CHECK (
        CASE kind WHEN 'charge' THEN amount_minor < 0 WHEN 'adjustment' THEN amount_minor <> 0 ELSE amount_minor > 0 END
    ),
    CONSTRAINT ledger_entries_transaction CHECK ((kind IN ('charge', 'refund')) = (transaction_id IS NOT NULL))
);
-- At most one charge and one refund per transaction; also how a transaction's entries are found.
CREATE UNIQUE INDEX ledger_entries_once_per_transaction ON ledger_entries (transaction_id, kind)
    WHERE transaction_id IS NOT NULL;
CREATE INDEX ledger_entries_account_id_idx ON ledger_entries (account_id, sequence DESC);

CREATE TABLE refresh_tokens (
    token_hash  bytea PRIMARY KEY,
    family_id   uuid NOT NULL,
    user_id     uuid NOT NULL REFERENCES users,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz,
    replaced_by bytea,
    revoked_at  timestamptz
);
CREATE INDEX refresh_tokens_family_id_idx ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at);

-- `dispatch_after` is when the relay takes a message over from whoever wrote it.
CREATE TABLE outbox (
    id             uuid PRIMARY KEY,
    topic          text NOT NULL CHECK (topic IN ('activation', 'notification', 'webhook')),
    payload        jsonb NOT NULL,
    transaction_id uuid REFERENCES transactions,
    created_at     timestamptz NOT NULL,
    deliver_at     timestamptz NOT NULL,
    dispatch_after timestamptz NOT NULL,
    attempts       integer NOT NULL DEFAULT 0,
    last_error     text
);
CREATE INDEX outbox_due_idx ON outbox (dispatch_after, id);
CREATE INDEX outbox_transaction_id_idx ON outbox (transaction_id) WHERE transaction_id IS NOT NULL;

CREATE TABLE notifications (
    id              uuid PRIMARY KEY,
    user_id         uuid NOT NULL REFERENCES users,
    notice          text NOT NULL,
    transaction_id  uuid REFERENCES transactions,
    subscription_id uuid REFERENCES subscriptions,
    period          timestamptz,
    status          text NOT NULL CHECK (status IN ('queued', 'sent', 'failed', 'suppressed')),
    error           text,
    created_at      timestamptz NOT NULL,
    settled_at      timestamptz
);
-- A notice about a transaction, or about a period of a subscription, is given once.
CREATE UNIQUE INDEX notifications_once_per_transaction ON notifications (transaction_id, notice)
    WHERE transaction_id IS NOT NULL;
CREATE UNIQUE INDEX notifications_once_per_period ON notifications (subscription_id, notice, period)
    WHERE period IS NOT NULL;

CREATE TABLE idempotency_keys (
    caller      text NOT NULL,
    key         text NOT NULL,
    fingerprint text NOT NULL,
    result_id   uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

CREATE TABLE webhook_deliveries (
    id             uuid PRIMARY KEY,
    partner_id     uuid NOT NULL REFERENCES partners,
    transaction_id uuid REFERENCES transactions,
    event          text NOT NULL,
    body           text NOT NULL,
    status         text NOT NULL CHECK (status IN ('queued', 'delivered', 'failed')),
    attempts       integer NOT NULL DEFAULT 0,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL
);
CREATE INDEX webhook_deliveries_partner_id_idx ON webhook_deliveries (partner_id, id DESC);

CREATE TABLE audit_events (
    id         uuid PRIMARY KEY,
    actor      text NOT NULL,
    action     text NOT NULL,
    subject    text NOT NULL,
    reason     text NOT NULL,
    before     jsonb,
    after      jsonb,
    created_at timestamptz NOT NULL
);
CREATE INDEX audit_events_subject_idx ON audit_events (subject, id DESC);
