-- What the application's role may do: read and change rows, never the schema. Applied after every upgrade, so that a new
-- table needs no line of its own. `offers.application` names the role.
DO $$
DECLARE
    application CONSTANT name := current_setting('offers.application');
    guarded regclass;
    kept CONSTANT text[] := ARRAY['accounts', 'offers', 'partners', 'subscriptions', 'transactions', 'users'];
    each text;
BEGIN
    BEGIN
        EXECUTE format('CREATE ROLE %I LOGIN', application);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN -- it is there, or is being made for another database
        NULL;
    END;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', application);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', application);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', application);
    EXECUTE format('REVOKE ALL ON alembic_version FROM %I', application);
    -- Nobody deletes these: what is over has a status.
    FOREACH each IN ARRAY kept LOOP
        EXECUTE format('REVOKE DELETE ON %I FROM %I', each, application);
    END LOOP;
    -- Tables that a trigger keeps append-only: the role could not even try. 24 = UPDATE and DELETE in pg_trigger.tgtype.
    FOR guarded IN
        SELECT tgrelid::regclass FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE proname = 'forbid_change' AND tgtype & 24 = 24
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM %I', guarded, application);
    END LOOP;
END $$;
