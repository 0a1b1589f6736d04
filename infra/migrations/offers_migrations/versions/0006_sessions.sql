-- A session is a row that is revoked, so that a refresh token made at that moment is born dead. Sessions that are open now
-- end with the token they have; where they were opened nobody knows. A session is what `refresh_tokens.family_id` names.
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
ALTER TABLE refresh_tokens ADD CONSTRAINT refresh_tokens_session_fkey
    FOREIGN KEY (family_id) REFERENCES sessions ON DELETE CASCADE;
-- All of a user's sessions are ended together; and has somebody signed in here before?
CREATE INDEX sessions_user_id_place_idx ON sessions (user_id, place);
CREATE INDEX sessions_ends_at_idx ON sessions (ends_at);

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

-- For the version before, which knows no sessions (ADR 0122): they are opened with its tokens, and what it revokes is revoked
-- here, and the other way round. To be dropped with `refresh_tokens.revoked_at` one release later.
CREATE FUNCTION refresh_tokens_open_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- looked for first: ON CONFLICT would wait for whoever is revoking it
    IF NOT EXISTS (SELECT FROM sessions WHERE id = NEW.family_id) THEN
        INSERT INTO sessions (id, user_id, place, created_at, ends_at)
            VALUES (NEW.family_id, NEW.user_id, '', NEW.created_at, NEW.expires_at);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refresh_tokens_session BEFORE INSERT ON refresh_tokens FOR EACH ROW
    EXECUTE FUNCTION refresh_tokens_open_session();
CREATE FUNCTION refresh_tokens_revoke_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sessions SET revoked_at = NEW.revoked_at WHERE id = NEW.family_id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER refresh_tokens_revoked AFTER UPDATE OF revoked_at ON refresh_tokens FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION refresh_tokens_revoke_session();
CREATE FUNCTION sessions_revoke_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE refresh_tokens SET revoked_at = NEW.revoked_at WHERE family_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER sessions_revoked AFTER UPDATE OF revoked_at ON sessions FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION sessions_revoke_tokens();
