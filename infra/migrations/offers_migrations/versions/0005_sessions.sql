-- A session is a row that is revoked, so that a refresh token made at that moment is born dead. Sessions that are open now
-- end with the token they have; where they were opened nobody knows.
CREATE TABLE sessions (
    id         uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users,
    place      bytea NOT NULL,
    created_at timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL CHECK (ends_at > created_at),
    revoked_at timestamptz
);
INSERT INTO sessions (id, user_id, place, created_at, ends_at, revoked_at)
    SELECT family_id, (array_agg(user_id))[1], '', min(created_at), max(expires_at), min(revoked_at)
    FROM refresh_tokens GROUP BY family_id;
-- All of a user's sessions are ended together; and has somebody signed in here before?
CREATE INDEX sessions_user_id_place_idx ON sessions (user_id, place);
CREATE INDEX sessions_ends_at_idx ON sessions (ends_at);

DROP INDEX refresh_tokens_user_id_idx;
ALTER TABLE refresh_tokens RENAME COLUMN family_id TO session_id;
ALTER INDEX refresh_tokens_family_id_idx RENAME TO refresh_tokens_session_id_idx;
ALTER TABLE refresh_tokens
    DROP COLUMN user_id,
    DROP COLUMN revoked_at,
    ADD FOREIGN KEY (session_id) REFERENCES sessions ON DELETE CASCADE;

-- The one form in which names are compared (domain/sign_in.py). Who writes a name without it, an older version or an operator
-- who renames somebody, has it filled in.
ALTER TABLE users ADD COLUMN sign_in_name text;
CREATE FUNCTION users_fill_sign_in_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.sign_in_name := lower(normalize(NEW.username, NFKC));
    RETURN NEW;
END $$;
CREATE TRIGGER users_sign_in_name BEFORE INSERT ON users FOR EACH ROW
    WHEN (NEW.sign_in_name IS NULL) EXECUTE FUNCTION users_fill_sign_in_name();
CREATE TRIGGER users_renamed BEFORE UPDATE OF username ON users FOR EACH ROW
    WHEN (NEW.username <> OLD.username AND NEW.sign_in_name = OLD.sign_in_name)
    EXECUTE FUNCTION users_fill_sign_in_name();
