-- Administration: what operators and the command line need.

-- The entity tag of a user, so that a change made from an old view can be refused.
ALTER TABLE users ADD COLUMN version integer NOT NULL DEFAULT 1;
CREATE INDEX users_admins_idx ON users (id) WHERE role = 'admin' AND is_active;
-- Deactivating a user ends every session.
CREATE INDEX refresh_tokens_user_id_idx ON refresh_tokens (user_id) WHERE revoked_at IS NULL;

-- The audit log, newest first, by who and by what.
CREATE INDEX audit_events_actor_idx ON audit_events (actor, id DESC);
CREATE INDEX audit_events_action_idx ON audit_events (action, id DESC);

-- Reports of the scheduled proof of the ledger; the latest is shown to operators.
CREATE TABLE ledger_verifications (
    id          uuid PRIMARY KEY,
    verified_at timestamptz NOT NULL,
    is_clean    boolean NOT NULL,
    report      jsonb NOT NULL
);
CREATE INDEX ledger_verifications_verified_at_idx ON ledger_verifications (verified_at DESC);

-- Every version a transaction has had, so that its story can be told: each try is a version. A trigger keeps it, so that
-- no writer can forget to.
CREATE TABLE transaction_versions (
    transaction_id   uuid NOT NULL REFERENCES transactions,
    version          integer NOT NULL,
    status           text NOT NULL,
    attempts         integer NOT NULL,
    attention_reason text,
    lease_until      timestamptz,
    at               timestamptz NOT NULL,
    PRIMARY KEY (transaction_id, version)
);
CREATE FUNCTION keep_transaction_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO transaction_versions (transaction_id, version, status, attempts, attention_reason, lease_until, at)
        VALUES (NEW.id, NEW.version, NEW.status, NEW.attempts, NEW.attention_reason, NEW.lease_until, NEW.updated_at);
    RETURN NULL;
END $$;
CREATE TRIGGER transactions_version_kept AFTER INSERT OR UPDATE ON transactions
    FOR EACH ROW EXECUTE FUNCTION keep_transaction_version();
CREATE TRIGGER transaction_versions_append_only BEFORE UPDATE OR DELETE ON transaction_versions
    FOR EACH ROW EXECUTE FUNCTION forbid_change();
INSERT INTO transaction_versions (transaction_id, version, status, attempts, attention_reason, lease_until, at)
    SELECT id, version, status, attempts, attention_reason, lease_until, updated_at FROM transactions;
