-- Credits that wait for a second administrator.
CREATE TABLE credit_requests (
    id                 uuid PRIMARY KEY,
    account_id         uuid NOT NULL REFERENCES accounts,
    kind               text NOT NULL CHECK (kind IN ('top_up', 'adjustment')),
    amount_minor       bigint NOT NULL CHECK (amount_minor <> 0),
    currency           text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    external_reference text,
    reason             text NOT NULL,
    requested_by       uuid NOT NULL REFERENCES users,
    created_at         timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL,
    status             text NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'expired')),
    decided_by         uuid REFERENCES users,
    decided_at         timestamptz,
    decision           text,
    entry_id           uuid UNIQUE REFERENCES ledger_entries DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT credit_requests_four_eyes CHECK (decided_by <> requested_by),
    CONSTRAINT credit_requests_decided CHECK (
        (status IN ('approved', 'rejected')) = (decided_by IS NOT NULL)
        AND (decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (decision IS NULL)
    ),
    CONSTRAINT credit_requests_entry CHECK ((status = 'approved') = (entry_id IS NOT NULL))
);
-- A payment waits once.
CREATE UNIQUE INDEX credit_requests_external_reference_key ON credit_requests (upper(external_reference COLLATE "C"))
    WHERE status = 'pending' AND external_reference IS NOT NULL;
CREATE INDEX credit_requests_status_idx ON credit_requests (status, id DESC);
CREATE INDEX credit_requests_account_id_idx ON credit_requests (account_id, id DESC);

-- What was asked for stays, and what was decided is final.
CREATE FUNCTION check_credit_request_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'pending'
       OR (NEW.id, NEW.account_id, NEW.kind, NEW.amount_minor, NEW.currency, NEW.external_reference, NEW.reason,
           NEW.requested_by, NEW.created_at, NEW.expires_at)
          IS DISTINCT FROM
          (OLD.id, OLD.account_id, OLD.kind, OLD.amount_minor, OLD.currency, OLD.external_reference, OLD.reason,
           OLD.requested_by, OLD.created_at, OLD.expires_at) THEN
        RAISE EXCEPTION 'credit request %: what was asked or decided cannot change', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'credit_requests_facts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_requests_facts BEFORE UPDATE ON credit_requests
    FOR EACH ROW EXECUTE FUNCTION check_credit_request_change();
CREATE TRIGGER credit_requests_kept BEFORE DELETE ON credit_requests FOR EACH ROW EXECUTE FUNCTION forbid_change();
