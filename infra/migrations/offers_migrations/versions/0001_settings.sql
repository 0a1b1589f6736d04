-- Time limits live with the database: a session that SETs them pins RDS Proxy, and the proxy refuses libpq's options.
-- No caller waits longer than API Gateway does (29 s); a statement may run on for a schedule. A function that is frozen or
-- killed inside a transaction lets go of its locks.
DO $$
DECLARE
    limits CONSTANT text[] := ARRAY['statement_timeout=60s', 'lock_timeout=10s', 'idle_in_transaction_session_timeout=30s'];
    each text;
BEGIN
    FOREACH each IN ARRAY limits LOOP
        EXECUTE format('ALTER DATABASE %I SET %s = %L', current_database(), split_part(each, '=', 1), split_part(each, '=', 2));
    END LOOP;
END $$;
