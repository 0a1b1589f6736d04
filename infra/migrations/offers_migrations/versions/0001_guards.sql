-- What has happened stays: ledger and audit rows are never changed or removed.
CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation',
        CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries
    FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER transactions_kept BEFORE DELETE ON transactions
    FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER ledger_entries_not_emptied BEFORE TRUNCATE ON ledger_entries EXECUTE FUNCTION forbid_change();
CREATE TRIGGER audit_events_not_emptied BEFORE TRUNCATE ON audit_events EXECUTE FUNCTION forbid_change();
CREATE TRIGGER transactions_not_emptied BEFORE TRUNCATE ON transactions EXECUTE FUNCTION forbid_change();

-- PENDING → PROCESSING → SUCCESS | FAILED; terminal is terminal; each change is the next version; what was bought
-- does not change afterwards.
CREATE FUNCTION check_transaction_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status IN ('SUCCESS', 'FAILED') OR (OLD.status = 'PROCESSING' AND NEW.status = 'PENDING') THEN
        RAISE EXCEPTION 'transaction %: % -> %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'transactions_status_change';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'transaction %: version % after %', OLD.id, NEW.version, OLD.version
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'transactions_version';
    END IF;
    IF (NEW.id, NEW.kind, NEW.channel, NEW.user_id, NEW.offer_id, NEW.subscription_id, NEW.account_id,
        NEW.amount_minor, NEW.currency, NEW.duration_days, NEW.reference, NEW.created_at, NEW.partner_id,
        NEW.partner_reference, NEW.period_start)
       IS DISTINCT FROM
       (OLD.id, OLD.kind, OLD.channel, OLD.user_id, OLD.offer_id, OLD.subscription_id, OLD.account_id,
        OLD.amount_minor, OLD.currency, OLD.duration_days, OLD.reference, OLD.created_at, OLD.partner_id,
        OLD.partner_reference, OLD.period_start) THEN
        RAISE EXCEPTION 'transaction %: what was bought cannot change', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'transactions_facts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER transactions_change BEFORE UPDATE ON transactions
    FOR EACH ROW EXECUTE FUNCTION check_transaction_change();

-- pending → active | failed, active → expired | cancelled; expired → pending → active | expired is a renewal after the
-- end. A running period is never shortened.
CREATE FUNCTION check_subscription_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (
        ('pending', 'active'), ('pending', 'failed'), ('active', 'expired'), ('active', 'cancelled'),
        ('expired', 'pending'), ('pending', 'expired')
    ) THEN
        RAISE EXCEPTION 'subscription %: % -> %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'subscriptions_status_change';
    END IF;
    IF NEW.expires_at < OLD.expires_at THEN
        RAISE EXCEPTION 'subscription %: the period cannot be shortened', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'subscriptions_not_shortened';
    END IF;
    IF (NEW.id, NEW.user_id, NEW.offer_id, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.offer_id, OLD.created_at) THEN
        RAISE EXCEPTION 'subscription %: it stays whose and for what it is', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'subscriptions_facts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER subscriptions_change BEFORE UPDATE ON subscriptions
    FOR EACH ROW EXECUTE FUNCTION check_subscription_change();

-- At commit: every transaction has one charge over its amount on its account, and a refund exactly if it failed.
CREATE FUNCTION check_transaction_money() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject transactions;
    charged bigint;
    refunded bigint;
    elsewhere bigint;
BEGIN
    SELECT * INTO subject FROM transactions
        WHERE id = CASE TG_TABLE_NAME WHEN 'transactions' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'transaction_id')::uuid END;
    SELECT sum(-amount_minor) FILTER (WHERE kind = 'charge'),
           coalesce(sum(amount_minor) FILTER (WHERE kind = 'refund'), 0),
           count(*) FILTER (WHERE account_id <> subject.account_id OR currency <> subject.currency)
        INTO charged, refunded, elsewhere FROM ledger_entries WHERE transaction_id = subject.id;
    IF charged IS DISTINCT FROM subject.amount_minor OR elsewhere > 0
       OR refunded <> (CASE subject.status WHEN 'FAILED' THEN subject.amount_minor ELSE 0 END) THEN
        RAISE EXCEPTION 'transaction % is %: charged %, refunded %', subject.id, subject.status, charged, refunded
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'transactions_money';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transactions_money AFTER INSERT OR UPDATE OF status ON transactions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_transaction_money();
CREATE CONSTRAINT TRIGGER ledger_entries_money AFTER INSERT ON ledger_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.transaction_id IS NOT NULL)
    EXECUTE FUNCTION check_transaction_money();

-- At once: an entry continues its account's last balance in the account's currency. Holding the account's row makes
-- that true for writers at the same time as well, also for one that forgot to lock.
CREATE FUNCTION check_entry_continues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept_in text;
    before bigint;
BEGIN
    SELECT currency INTO kept_in FROM accounts WHERE id = NEW.account_id FOR NO KEY UPDATE;
    SELECT balance_after_minor INTO before FROM ledger_entries
        WHERE account_id = NEW.account_id ORDER BY sequence DESC LIMIT 1;
    IF NEW.balance_after_minor <> coalesce(before, 0) + NEW.amount_minor
       OR NEW.currency <> kept_in THEN
        RAISE EXCEPTION 'ledger entry %: % after % by %', NEW.id, NEW.balance_after_minor, before, NEW.amount_minor
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_entries_continue';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_entries_continue BEFORE INSERT ON ledger_entries
    FOR EACH ROW EXECUTE FUNCTION check_entry_continues();

-- At commit: the account's balance is what its last entry says.
CREATE FUNCTION check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject uuid := CASE TG_TABLE_NAME WHEN 'accounts' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'account_id')::uuid END;
    explained bigint;
    held bigint;
BEGIN
    SELECT balance_minor INTO held FROM accounts WHERE id = subject;
    SELECT balance_after_minor INTO explained FROM ledger_entries
        WHERE account_id = subject ORDER BY sequence DESC LIMIT 1;
    IF held <> coalesce(explained, 0) THEN
        RAISE EXCEPTION 'account %: balance %, ledger %', subject, held, explained
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'accounts_explained';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER accounts_explained AFTER INSERT OR UPDATE OF balance_minor ON accounts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_balance();
CREATE CONSTRAINT TRIGGER ledger_entries_explained AFTER INSERT ON ledger_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_balance();

-- Whose an account is and what it is kept in never changes.
CREATE FUNCTION check_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account %: owner and currency cannot change', OLD.id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'accounts_facts';
END $$;
CREATE TRIGGER accounts_facts BEFORE UPDATE ON accounts FOR EACH ROW
    WHEN ((NEW.id, NEW.user_id, NEW.partner_id, NEW.currency)
          IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.partner_id, OLD.currency))
    EXECUTE FUNCTION check_account_change();
